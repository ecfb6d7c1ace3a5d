"""Door 2."""
