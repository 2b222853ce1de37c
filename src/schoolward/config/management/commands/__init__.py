"""Found, serve, work, look after, back up and bring back."""
