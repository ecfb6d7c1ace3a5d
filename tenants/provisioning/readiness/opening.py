"""The day on which a tenant is opened to the public."""

from datetime import datetime

from django.db import transaction

from kernel.actors import Actor
from tenants.provisioning.onboarding.errors import (
    ReasonMissing,
    TenantNotPreparing,
    TenantNotReady,
    TenantUnknown,
)
from tenants.provisioning.readiness.checking import Line, check_ready
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.registry.selectors import find_tenant, forget_hosts


def open_tenant(
    *, code: str, by: Actor, now: datetime, override: bool = False, reason: str = ""
) -> list[Line]:
    """PREPARING → READY; the list as it was found just before.

    Raises TenantUnknown, TenantNotPreparing, TenantNotReady (some line is not
    green and nobody overrides), ReasonMissing (somebody does, and says not why).
    """
    tenant = find_tenant(code)
    if tenant is None:
        raise TenantUnknown(value=code)
    if tenant.state != TenantState.PREPARING:
        raise TenantNotPreparing(name=tenant.name)
    lines = check_ready(tenant=tenant, now=now)
    red = [line for line in lines if not line.ok]
    reason = reason.strip()
    if red and not override:
        listing = "; ".join(f"{line.title}: {line.said}" for line in red)
        raise TenantNotReady(name=tenant.name, count=len(red), listing=listing)
    if red and not reason:
        raise ReasonMissing(field="reason")
    _open(tenant, red, reason, by, now)
    return lines


@transaction.atomic
def _open(tenant: Tenant, red: list[Line], reason: str, by: Actor, now: datetime) -> None:
    """The state is asked once more under the lock: of two who press at once, the second is refused."""
    with central_context():
        row = Tenant.objects.select_for_update(of=("self",)).get(id=tenant.id)
        if row.state != TenantState.PREPARING:
            raise TenantNotPreparing(name=row.name)
        Tenant.objects.filter(id=row.id).update(state=TenantState.READY, opened_at=now, notice="")
        record_act(
            by=by,
            action="tenant.opened_by_override" if red else "tenant.opened",
            now=now,
            tenant_code=row.code,
            reason=reason[:500],
            facts={"not_ready": [line.key for line in red]},
        )
    transaction.on_commit(forget_hosts)
