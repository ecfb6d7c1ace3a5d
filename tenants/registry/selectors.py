"""Questions about tenants. All read the central schema, whatever is bound now."""

import time

from django.core.exceptions import ObjectDoesNotExist

from tenants.registry.context import central_context
from tenants.registry.enums import TenantState
from tenants.registry.models import Domain, Tenant

_HOST_SECONDS = 30.0  # a suspended tenant may answer for so long in other processes
_hosts: dict[str, tuple[float, Tenant | None]] = {}


def find_tenant_by_host(host: str) -> Tenant | None:
    """The tenant of a host name, or None. Kept in the process for at most 30 s."""
    known = _hosts.get(host)
    moment = time.monotonic()
    if known is not None and known[0] > moment:
        return known[1]
    with central_context():
        domain = Domain.objects.select_related("tenant").filter(domain=host).first()
    tenant = domain.tenant if domain else None
    if len(_hosts) > 4096:  # hosts come from outside: the cache must not grow with them
        _hosts.clear()
    _hosts[host] = (moment + _HOST_SECONDS, tenant)
    return tenant


def forget_hosts() -> None:
    """Drop what the process remembers, after a tenant was created, renamed or suspended."""
    _hosts.clear()


def get_tenant(code: str) -> Tenant:
    """By its code; raises Tenant.DoesNotExist."""
    with central_context():
        return Tenant.objects.exclude(schema_name="public").get(code=code)


def find_tenant(code: str) -> Tenant | None:
    try:
        return get_tenant(code)
    except ObjectDoesNotExist:
        return None


def list_tenants(*, only_ready: bool = False) -> list[Tenant]:
    """Every ministry and province, by code; the centre is not one of them."""
    with central_context():
        tenants = Tenant.objects.exclude(schema_name="public")
        if only_ready:
            tenants = tenants.filter(state=TenantState.READY)
        return list(tenants.order_by("code"))


def get_primary_host(tenant: Tenant) -> str:
    with central_context():
        return Domain.objects.values_list("domain", flat=True).get(tenant_id=tenant.id, is_primary=True)


def list_hosts() -> dict[int, str]:
    """Every tenant's primary host, by the tenant's key, in one query."""
    with central_context():
        return dict(Domain.objects.filter(is_primary=True).values_list("tenant_id", "domain"))
