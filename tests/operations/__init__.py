"""Commands as people run them: real processes, real homes, both databases."""
