"""Door 2: when a tenant gets its upgrades. Turn and hours are the operator's, putting off is the province's."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernel.actors import Actor, ActorKind
from tenants.registry.acts import record_act
from tenants.registry.context import central_context, find_current_tenant
from tenants.registry.models import Tenant
from tenants.releases.enums import ACTIVE_STATES, SeatState
from tenants.releases.errors import (
    DeferralNotYours,
    DeferralTooEarly,
    DeferralTooLate,
    DeferralUseless,
    NothingDeferred,
    ReasonMissing,
    WindowIncomplete,
)
from tenants.releases.models import Release, Seat, UpgradeWish
from tenants.releases.tracing import trace_in_tenant
from tenants.releases.wishes import find_last_day

_UNDER_WAY = (SeatState.RUNNING, SeatState.DONE)


def require_window(window_from: time | None, window_to: time | None) -> None:
    """For a form that tells this beside its other problems. Raises WindowIncomplete."""
    if (window_from is None) != (window_to is None) or (window_from is not None and window_from == window_to):
        raise WindowIncomplete(field="window_to")


@transaction.atomic
def set_order_and_window(
    *,
    tenant: Tenant,
    order: int,
    window_from: time | None,
    window_to: time | None,
    by: Actor,
    now: datetime,
) -> UpgradeWish:
    """The turn inside the ring (smaller is earlier), and the hours in Viet Nam's time; may pass midnight.

    Raises WindowIncomplete.
    """
    require_window(window_from, window_to)
    with central_context():
        wish = _lock(tenant)
        before = _turn(wish)
        wish.order, wish.window_from, wish.window_to = order, window_from, window_to
        if _turn(wish) != before:
            wish.save(update_fields=["order", "window_from", "window_to"])
            facts = {"before": before, "after": _turn(wish)}
            record_act(by=by, action="upgrade.turn_set", tenant_code=tenant.code, now=now, facts=facts)
    return wish


@transaction.atomic
def defer_release(
    *, tenant: Tenant, release: str, until: date, reason: str, by: Actor, now: datetime
) -> UpgradeWish:
    """``until`` is the first day on which the release may come; see wishes.find_last_day for how late that may be.

    Raises DeferralNotYours, ReasonMissing, DeferralUseless (the tenant runs the
    release, is being upgraded now, or there is no such release), DeferralTooEarly,
    DeferralTooLate.
    """
    _require_own(tenant, by)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    with central_context():
        wish = _lock(tenant)
        found = _waiting(tenant, release)
        if until <= timezone.localdate(now):
            raise DeferralTooEarly(field="until")
        last_day = find_last_day(found, now=now)
        if until > last_day:
            raise DeferralTooLate(release=found.name, date=f"{last_day:%d/%m/%Y}", field="until")
        wish.deferred_release, wish.deferred_until = found.number, until
        wish.deferred_by, wish.deferred_reason = by.name[:120], reason.strip()[:300]
        wish.save()
    _tell("upgrade.deferred", tenant, by, now, {"release": found.name, "until": until.isoformat()}, reason)
    return wish


@transaction.atomic
def cancel_deferral(*, tenant: Tenant, by: Actor, now: datetime) -> UpgradeWish:
    """Raises DeferralNotYours, NothingDeferred."""
    _require_own(tenant, by)
    with central_context():
        wish = _lock(tenant)
        if wish.deferred_release is None:
            raise NothingDeferred(tenant=tenant.name)
        name = Release.objects.values_list("name", flat=True).get(number=wish.deferred_release)
        facts = {"release": name, "until": str(wish.deferred_until)}
        wish.deferred_release = wish.deferred_until = None
        wish.deferred_by = wish.deferred_reason = ""
        wish.save()
    _tell("upgrade.deferral_cancelled", tenant, by, now, facts, "")
    return wish


def _require_own(tenant: Tenant, by: Actor) -> None:
    """The people of a tenant are bound to it; an operator acts from the centre for whom he names."""
    current = find_current_tenant()
    if by.kind is ActorKind.OPERATOR and current is None:
        return
    if by.kind is not ActorKind.STAFF or current is None or current.id != tenant.id:
        raise DeferralNotYours


def _lock(tenant: Tenant) -> UpgradeWish:
    UpgradeWish.objects.get_or_create(tenant_id=tenant.id)
    return UpgradeWish.objects.select_for_update(of=("self",)).get(tenant_id=tenant.id)


def _waiting(tenant: Tenant, name: str) -> Release:
    found = Release.objects.defer("shape", "leaves").filter(name=name).first()
    present = Tenant.objects.values_list("release", flat=True).get(id=tenant.id)
    if found is None or found.number <= present:
        raise DeferralUseless(release=name, tenant=tenant.name)
    seats = Seat.objects.filter(tenant_id=tenant.id, rollout__release_id=found.id)
    if seats.filter(rollout__state__in=ACTIVE_STATES, state__in=_UNDER_WAY).exists():
        raise DeferralUseless(release=name, tenant=tenant.name)
    return found


def _turn(wish: UpgradeWish) -> dict[str, Any]:
    hours = [f"{one:%H:%M}" if one else None for one in (wish.window_from, wish.window_to)]
    return {"order": wish.order, "window": hours}


def _tell(action: str, tenant: Tenant, by: Actor, now: datetime, facts: dict[str, Any], reason: str) -> None:
    """At the centre, and in the tenant's own trail when its own people did it. A key of theirs is no operator's."""
    if by.kind is ActorKind.STAFF:
        trace_in_tenant(by=by, action=action, facts=facts | {"reason": reason}, now=now)
    record_act(
        by=replace(by, id=None) if by.kind is ActorKind.STAFF else by,
        action=action,
        tenant_code=tenant.code,
        reason=reason[:500],
        now=now,
        facts=facts | {"by": by.kind.value},
    )
