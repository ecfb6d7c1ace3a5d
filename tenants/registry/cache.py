"""Cache keys that carry the tenant: nobody reads what another's work has cached."""

from tenants.registry.context import find_current_tenant


def make_key(key: str, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION. The schema's name is first, so one tenant can be dropped by prefix."""
    tenant = find_current_tenant()
    return f"{tenant.schema_name if tenant else 'public'}:{key_prefix}:{version}:{key}"


def reverse_key(key: str) -> str:
    return key.split(":", 3)[3]
