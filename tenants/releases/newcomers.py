"""Tenants that came after a rollout had begun: born at the release of the fleet, they are taken along."""

from datetime import datetime

from django.db.models import Max

from tenants.registry.context import central_context
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.releases.models import Rollout, Seat
from tenants.releases.selectors import get_wishes
from tenants.releases.turns import STAGE_OF_RING, seat_state


def seat_newcomers(rollout: Rollout, *, now: datetime) -> list[Tenant]:
    """Who is behind the release and has no seat gets one, behind all others. One statement where nobody is.

    One whose ring was passed already goes with the ring that is under way.
    """
    with central_context():
        behind = Tenant.objects.exclude(schema_name="public").exclude(state=TenantState.RETIRED)
        behind = behind.filter(release__lt=rollout.release.number).exclude(seats__rollout=rollout)
        tenants = list(behind.order_by("code"))
        if not tenants:
            return []
        last = Seat.objects.filter(rollout=rollout).aggregate(last=Max("position"))["last"] or 0
        wishes = get_wishes()
        Seat.objects.bulk_create(
            [
                Seat(
                    rollout=rollout,
                    tenant=tenant,
                    stage=STAGE_OF_RING[tenant.ring],
                    position=position,
                    state=seat_state(wishes[tenant.id], rollout.release.number, now),
                    from_release=tenant.release,
                )
                for position, tenant in enumerate(tenants, start=last + 1)
            ],
            ignore_conflicts=True,
        )
    return tenants
