"""Rows of a sheet become records by a map: pure, streamed, each problem with its remedy."""
