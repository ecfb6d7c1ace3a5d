"""Questions about releases and their rollouts. All read the central schema, whatever is bound now."""

from collections import Counter, defaultdict

from django.db.models import Max, Q

from tenants.registry.acts import list_acts
from tenants.registry.context import central_context
from tenants.registry.models import OperatorAct, Tenant
from tenants.releases.enums import ACTIVE_STATES, RolloutState
from tenants.releases.errors import ReleaseUnknown
from tenants.releases.models import GateReading, Release, Rollout, Seat, UpgradeWish
from tenants.releases.turns import Wish


def list_releases() -> list[Release]:
    """Newest first, without their shapes."""
    with central_context():
        return list(Release.objects.defer("shape", "leaves").order_by("-number"))


def get_release(name: str | None = None) -> Release:
    """By its name; without one, the newest that is compiled. Raises ReleaseUnknown."""
    with central_context():
        releases = Release.objects.defer("shape", "leaves")
        found = releases.filter(name=name).first() if name else releases.order_by("-number").first()
    if found is None:
        raise ReleaseUnknown(release=name or "")
    return found


def get_release_name(number: int) -> str:
    """Raises Release.DoesNotExist: whoever has a number has it from a release."""
    with central_context():
        return Release.objects.values_list("name", flat=True).get(number=number)


def find_settled_release() -> int:
    """The number of the newest release whose rollout came to its end; 0 without one.

    One that a person has closed came there, though latecomers may be on their way.
    """
    with central_context():
        closed = Q(facts__has_key="closed", state__in=ACTIVE_STATES)
        done = Rollout.objects.filter(Q(state=RolloutState.DONE) | closed)
        return done.aggregate(newest=Max("release__number"))["newest"] or 0


def find_active_rollout() -> Rollout | None:
    """The one that runs, is paused or is held."""
    with central_context():
        return _rollouts().filter(state__in=ACTIVE_STATES).first()


def get_rollout(rollout_id: int) -> Rollout:
    """Raises Rollout.DoesNotExist."""
    with central_context():
        return _rollouts().get(id=rollout_id)


def list_rollouts(*, limit: int = 20, before_id: int | None = None) -> list[Rollout]:
    """Newest first; a keyset page by ``before_id``."""
    with central_context():
        rollouts = _rollouts().order_by("-id")
        if before_id is not None:
            rollouts = rollouts.filter(id__lt=before_id)
        return list(rollouts[:limit])


def list_seats(rollout_id: int) -> list[Seat]:
    """The board: every tenant of the rollout, in the order of its turns, with the tenant itself."""
    with central_context():
        return list(
            Seat.objects.filter(rollout_id=rollout_id).select_related("tenant").order_by("position", "id")
        )


def count_seats(rollout_id: int) -> dict[str, int]:
    """State → how many tenants."""
    with central_context():
        return dict(Counter(Seat.objects.filter(rollout_id=rollout_id).values_list("state", flat=True)))


def list_readings(rollout_id: int) -> list[GateReading]:
    with central_context():
        readings = GateReading.objects.filter(rollout_id=rollout_id).select_related("tenant")
        return list(readings.order_by("stage", "tenant__code", "measure", "subject"))


def list_rollout_acts(*, limit: int = 50) -> list[OperatorAct]:
    """Who pressed what, newest first."""
    return [act for act in list_acts(limit=limit * 4) if act.action.startswith("rollout.")][:limit]


def get_wishes() -> dict[int, Wish]:
    """Tenant's key → what it has asked for; a tenant that asked for nothing has the usual wish."""
    with central_context():
        rows = UpgradeWish.objects.all()
        found = {
            row.tenant_id: Wish(
                order=row.order,
                window_from=row.window_from,
                window_to=row.window_to,
                deferred_release=row.deferred_release,
                deferred_until=row.deferred_until,
            )
            for row in rows
        }
    return defaultdict(Wish, found)


def find_pending_release(tenant: Tenant) -> Release | None:
    """The newest compiled release that the tenant does not run yet."""
    newest = get_release()
    return newest if newest.number > tenant.release else None


def _rollouts():
    return Rollout.objects.select_related("release").defer("release__shape", "release__leaves")
