"""Pages of the loading dock: a file comes in, its columns, what it would do, its maps."""
