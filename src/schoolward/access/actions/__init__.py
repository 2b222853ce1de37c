"""Every change to who can come in that leaves a trace, one module per subject."""
