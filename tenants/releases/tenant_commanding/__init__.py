"""What ``manage.py tenant`` can do that needs to know of releases; see tenants/registry/verbs.py."""
