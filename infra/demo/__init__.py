"""``make demo``: from a fresh machine to a house in which people work."""
