"""The address at which people outside reach a tenant."""

from django.conf import settings

from tenants.registry.context import get_current_tenant
from tenants.registry.selectors import get_primary_host


def public_address(path: str = "/") -> str:
    """``https://gialai.example.vn/tra-cuu`` of the current tenant, for letters, receipts and QR codes.

    ``PUBLIC_ADDRESS`` gives the scheme and port: ``https://{host}``, or ``http://{host}:8000`` in the demo.
    """
    origin = settings.PUBLIC_ADDRESS.format(host=get_primary_host(get_current_tenant()))
    return f"{origin}{path}"
