"""Door 1."""
