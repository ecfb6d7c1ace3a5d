"""Files that people hand in: checked, stored once under a tenant's key, never changed."""
