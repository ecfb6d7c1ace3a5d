"""What will change for a tenant, when, and how long it may be put off."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases.enums import ACTIVE_STATES
from tenants.releases.models import Release, Rollout, Seat, UpgradeWish


@dataclass(frozen=True, slots=True)
class PastRelease:
    release: Release
    since: datetime | None  # None: it was there when the tenant was made


@dataclass(frozen=True, slots=True)
class UpgradeView:
    """``coming``: what a tenant does not run yet, oldest first; the last of them is what a deferral is about.

    ``last_day`` is the latest first day to which that one may be put off.
    ``seat`` is the tenant's line in the rollout that is active, if it has one.
    """

    present: Release | None
    coming: list[Release]
    past: list[PastRelease]
    wish: UpgradeWish
    seat: Seat | None
    last_day: date | None
    today: date

    @property
    def may_be_deferred(self) -> bool:
        """Whether a day is left on which it might come later than today."""
        return self.last_day is not None and self.last_day > self.today

    @property
    def is_deferred(self) -> bool:
        """Until its day comes; as turns.is_deferred, which the runner asks."""
        wish = self.wish
        if not self.coming or wish.deferred_release is None or wish.deferred_until is None:
            return False
        return self.coming[-1].number >= wish.deferred_release and self.today < wish.deferred_until


def get_upgrade(*, tenant: Tenant, now: datetime) -> UpgradeView:
    """Five statements at most, however many releases there are."""
    with central_context():
        releases = list(Release.objects.defer("shape", "leaves").order_by("number"))
        number = Tenant.objects.values_list("release", flat=True).get(id=tenant.id)
        own = Seat.objects.filter(tenant_id=tenant.id).select_related("rollout").defer("note")
        seats = list(own.order_by("-id"))
        coming = [one for one in releases if one.number > number]
        wish = UpgradeWish.objects.filter(tenant_id=tenant.id).first() or UpgradeWish(tenant_id=tenant.id)
        last_day = find_last_day(coming[-1], now=now) if coming else None
    done = {seat.rollout.release_id: seat.finished_at for seat in seats if seat.state == "DONE"}
    past = [PastRelease(one, done.get(one.id)) for one in reversed(releases) if one.number <= number]
    seat = next((one for one in seats if one.rollout.state in ACTIVE_STATES), None)
    return UpgradeView(
        past[0].release if past else None, coming, past, wish, seat, last_day, timezone.localdate(now)
    )


def find_last_day(release: Release, *, now: datetime) -> date:
    """The latest day on which a tenant has to let the release come.

    It is counted from the day on which the release was first rolled out anywhere;
    before that from today, as it may begin at any moment. Reads the centre.
    """
    rollouts = Rollout.objects.filter(release_id=release.id)
    begun = rollouts.aggregate(first=Min("started_at"))["first"]
    return timezone.localdate(begun or now) + timedelta(days=release.defer_days)


def get_wish(tenant: Tenant) -> UpgradeWish:
    """One that was never written says: the usual turn, any hour, nothing put off."""
    with central_context():
        return UpgradeWish.objects.filter(tenant_id=tenant.id).first() or UpgradeWish(tenant_id=tenant.id)


def list_wishes() -> dict[int, UpgradeWish]:
    """By the tenant's key, in one statement."""
    with central_context():
        return {wish.tenant_id: wish for wish in UpgradeWish.objects.all()}
