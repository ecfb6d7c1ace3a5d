"""central: the operators' host. tenant: every tenant's host."""
