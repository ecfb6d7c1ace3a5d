"""What the operators' board shows beside the seats: who pressed what, the last backups, how the schemas look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import connection
from django.db.models import Max, Q

from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import Archive
from tenants.provisioning.shape import read_fingerprints
from tenants.registry.context import central_context
from tenants.registry.models import OperatorAct, Tenant
from tenants.releases.enums import UNFINISHED
from tenants.releases.models import Release, Rollout, Seat

_KEY, _KEPT_SECONDS = "releases:fingerprints", 36 * 3600  # the clock looks once a day


@dataclass(frozen=True, slots=True)
class FleetShapes:
    """``found``: tenant's key → fingerprint at the moment ``at``; ``expected``: number of a release → fingerprint."""

    at: datetime
    found: dict[int, str]
    expected: dict[int, str]

    def matches(self, tenant: Tenant) -> bool | None:
        """None: it was not looked at."""
        found = self.found.get(tenant.id)
        return None if found is None else found == self.expected.get(tenant.release)


def read_fleet_shapes(*, tenants: Sequence[Tenant], now: datetime) -> FleetShapes:
    """Every schema in one statement, and kept for all operators until somebody looks again."""
    with as_owner("public"):
        expected = dict(Release.objects.values_list("number", "fingerprint"))
        with connection.cursor() as cursor:
            by_schema = read_fingerprints(cursor, [tenant.schema_name for tenant in tenants])
    found = {tenant.id: by_schema.get(tenant.schema_name, "") for tenant in tenants}
    shapes = FleetShapes(now, found, expected)
    with central_context():
        cache.set(_KEY, shapes, _KEPT_SECONDS)
    return shapes


def find_fleet_shapes() -> FleetShapes | None:
    """As they were last looked at, or None. No statement."""
    with central_context():
        found = cache.get(_KEY)
    return found if isinstance(found, FleetShapes) else None


def list_acts_of(rollout: Rollout) -> list[OperatorAct]:
    """Who pressed what in this rollout, newest first.

    One rollout is active at a time, so the time tells which acts are its own.
    """
    with central_context():
        acts = OperatorAct.objects.filter(action__startswith="rollout.", at__gte=rollout.started_at)
        if rollout.finished_at is not None:
            acts = acts.filter(Q(at__lte=rollout.finished_at))
        return list(acts.order_by("-id")[:200])


def list_last_backups() -> dict[int, datetime]:
    """Tenant's key → when its newest archive was made."""
    with central_context():
        rows = Archive.objects.values_list("tenant_id").annotate(last=Max("created_at"))
        return dict(rows)


def list_troubles(*, of: Release | Tenant) -> dict[int, Seat]:
    """Tenant's key → its newest seat, where that one failed or had drifted: with a release, or of one tenant.

    Tenants that have the release by now, through other hands, are left out.
    """
    which = {"tenant_id": of.id} if isinstance(of, Tenant) else {"rollout__release_id": of.id}
    with central_context():
        seats = Seat.objects.filter(**which).select_related("tenant", "rollout__release")
        seats = seats.defer("rollout__release__shape", "rollout__release__leaves")
        newest = list(seats.order_by("tenant_id", "-id").distinct("tenant_id"))
    return {
        seat.tenant_id: seat
        for seat in newest
        if seat.state in UNFINISHED and seat.tenant.release < seat.rollout.release.number
    }
