"""Pages of one's own time."""
