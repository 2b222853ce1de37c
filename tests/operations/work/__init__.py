"""Jobs to watch: one that counts itself, one that sleeps at its first attempt."""
