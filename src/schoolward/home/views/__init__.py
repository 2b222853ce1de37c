"""The entrances of this room, one file a subject."""
