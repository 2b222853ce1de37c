"""What `schoolward doctor` looks at: every setting, what is wrong, and the remedy."""
