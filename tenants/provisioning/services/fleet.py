"""Every tenant to the code's state, one after the other."""

from collections.abc import Callable

from tenants.provisioning.migrating import has_pending, migrate_schema
from tenants.provisioning.services.creation import grant_rights
from tenants.registry.selectors import list_tenants


def migrate_tenants(*, say: Callable[[str], None] = lambda line: None) -> int:
    """Apply what is pending in each tenant; returns how many had something. A tenant that fails stops here."""
    changed = 0
    for tenant in list_tenants():
        if has_pending(tenant.schema_name):
            say(f"{tenant.code} {tenant.name}")
            migrate_schema(tenant.schema_name)
            grant_rights(tenant.schema_name)
            changed += 1
    return changed
