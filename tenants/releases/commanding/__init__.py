"""What ``manage.py release`` can do: one module a family of verbs; see tenants/registry/verbs.py."""
