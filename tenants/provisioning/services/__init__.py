from tenants.provisioning.services.central import prepare_central
from tenants.provisioning.services.creation import create_tenant
from tenants.provisioning.services.fleet import migrate_tenants

__all__ = ["create_tenant", "migrate_tenants", "prepare_central"]
