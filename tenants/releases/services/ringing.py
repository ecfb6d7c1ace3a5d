"""Door 2: in which turn a tenant gets what is new."""

from datetime import datetime

from django.db import transaction

from kernel.actors import Actor
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.enums import Ring
from tenants.registry.models import Tenant
from tenants.registry.selectors import forget_hosts
from tenants.releases.errors import RingUnknown


@transaction.atomic
def set_ring(*, tenant: Tenant, ring: str, by: Actor, now: datetime) -> Tenant:
    """A rollout that is under way keeps the order it began with. Raises RingUnknown."""
    if ring not in Ring.values:
        raise RingUnknown(value=ring, field="ring")
    with central_context():
        found = Tenant.objects.select_for_update(of=("self",)).get(id=tenant.id)
        before = found.ring
        if before != ring:
            found.ring = ring
            found.save(update_fields=["ring"])
            facts = {"before": before, "after": ring}
            record_act(by=by, action="tenant.ring_set", tenant_code=found.code, now=now, facts=facts)
    forget_hosts()
    transaction.on_commit(forget_hosts)
    return found
