"""Which tenants there are, which host is whose, and how work is bound to one of them."""
