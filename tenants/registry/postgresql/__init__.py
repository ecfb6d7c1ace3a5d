"""The database backend: search_path and role follow the tenant, in one round trip."""
