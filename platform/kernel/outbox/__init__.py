"""News that leave a transaction: stored with it, delivered after it, at least once."""
