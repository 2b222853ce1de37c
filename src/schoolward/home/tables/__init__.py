"""Tables of this room's pages: columns, rows and the words in their cells."""
