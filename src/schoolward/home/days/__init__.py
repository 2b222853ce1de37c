"""What the sections of "my day" tell, one file a subject."""
