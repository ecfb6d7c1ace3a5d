"""The tenant that an address of the console names."""

from django.http import Http404

from tenants.registry.models import Tenant
from tenants.registry.selectors import find_tenant


def addressed_tenant(code: str) -> Tenant:
    """By its own code, whatever its state. Raises Http404."""
    tenant = find_tenant(code)
    if tenant is None:
        raise Http404
    return tenant
