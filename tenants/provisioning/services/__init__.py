from tenants.provisioning.services.central import prepare_centre
from tenants.provisioning.services.creation import create_tenant

__all__ = ["create_tenant", "prepare_centre"]
