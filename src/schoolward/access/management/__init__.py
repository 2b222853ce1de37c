"""Words of the `schoolward` command that this room brings."""
