"""Questions about tenants. All read the central schema, whatever is bound now."""

from django.core.exceptions import ObjectDoesNotExist

from tenants.registry.context import central_context
from tenants.registry.enums import TenantState
from tenants.registry.minimum import get_minimum_release
from tenants.registry.models import Domain, Operator, Tenant, TenantAlias
from tenants.registry.places import find_place, follow_successors, forget_hosts

__all__ = ["forget_hosts"]  # its callers know this page


def find_tenant_by_host(host: str) -> Tenant | None:
    """The tenant of a host name, or None."""
    place = find_place(host)
    return place.tenant if place else None


def get_tenant(code: str) -> Tenant:
    """By its code; raises Tenant.DoesNotExist."""
    with central_context():
        return Tenant.objects.exclude(schema_name="public").get(code=code)


def find_tenant(code: str) -> Tenant | None:
    """The tenant whose own code it is, whatever its state; see docs/decisions/codes-of-before.md."""
    try:
        return get_tenant(code)
    except ObjectDoesNotExist:
        return None


def find_surviving_tenant(code: str) -> Tenant | None:
    """Where the work of ``code`` is done today: through its successors, and by a code of before."""
    with central_context():
        tenant = Tenant.objects.exclude(schema_name="public").filter(code=code).first()
        if tenant is None:
            alias = TenantAlias.objects.select_related("tenant").filter(code=code).first()
            tenant = alias.tenant if alias else None
        return None if tenant is None else follow_successors(tenant)


def list_aliases(tenant: Tenant) -> list[TenantAlias]:
    with central_context():
        return list(TenantAlias.objects.filter(tenant_id=tenant.id).order_by("code"))


def list_predecessors(tenant: Tenant) -> list[Tenant]:
    """Those that go on in this one, at once or by way of another."""
    with central_context():
        codes = TenantAlias.objects.filter(tenant_id=tenant.id).values("code")
        return list(Tenant.objects.filter(code__in=codes).order_by("code"))


def list_domains(tenant: Tenant) -> list[Domain]:
    """Its hosts, the primary one first."""
    with central_context():
        return list(Domain.objects.filter(tenant_id=tenant.id).order_by("-is_primary", "domain"))


def list_tenants(*, only_ready: bool = False) -> list[Tenant]:
    """Every ministry and province that has a schema, by code; the centre is not one of them.

    ``only_ready``: where the worker may work, so without those whose schema is older than the code serves.
    """
    with central_context():
        tenants = Tenant.objects.exclude(schema_name="public").filter(dropped_at=None)
        if only_ready:
            tenants = tenants.filter(state=TenantState.READY, release__gte=get_minimum_release())
        return list(tenants.order_by("code"))


def get_primary_host(tenant: Tenant) -> str:
    with central_context():
        return Domain.objects.values_list("domain", flat=True).get(tenant_id=tenant.id, is_primary=True)


def list_operator_names() -> list[str]:
    """Full names of the people at the centre who may sign in."""
    with central_context():
        found = Operator.objects.filter(is_active=True).order_by("full_name")
        return list(found.values_list("full_name", flat=True))


def list_hosts() -> dict[int, str]:
    """Every tenant's primary host, by the tenant's key, in one query."""
    with central_context():
        return dict(Domain.objects.filter(is_primary=True).values_list("tenant_id", "domain"))
