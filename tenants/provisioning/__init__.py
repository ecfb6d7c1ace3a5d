"""A tenant's beginning: one script, one transaction, all or nothing."""
