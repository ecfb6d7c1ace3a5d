"""A rollout that waits for nobody but those who have put it off is closed; they come when their time does.

Without it one province that may defer for weeks holds back every later release: one rollout is open at a time.
"""

from collections import Counter
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kernel.actors import SYSTEM, Actor
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.enums import TenantState
from tenants.releases.enums import LATER_STATES, OPEN_SEAT_STATES, RolloutState, SeatState, Stage
from tenants.releases.errors import NoRollout, ReasonMissing, RolloutNotOpen, RolloutUnfinished
from tenants.releases.models import Rollout, Seat
from tenants.releases.selectors import find_active_rollout, get_wishes
from tenants.releases.turns import seat_state


def can_close(rollout: Rollout, counts: dict[str, int]) -> bool:
    """``counts``: its seats by state. It stands in the last ring, and only deferrals and hours keep it open."""
    waits = any(counts.get(state) for state in LATER_STATES)
    works = any(counts.get(state) for state in OPEN_SEAT_STATES)
    stands = rollout.state in (RolloutState.RUNNING, RolloutState.PAUSED) and rollout.stage == Stage.GENERAL
    return stands and waits and not works


def close_rollout(*, by: Actor, now: datetime, reason: str) -> Rollout:
    """Done, though some have put it off. The next rollout takes them along, or reopen_for_latecomers when they may.

    Raises NoRollout, ReasonMissing, RolloutNotOpen when a gate holds it, RolloutUnfinished while others have their
    turn, or where nobody has put it off.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    found = find_active_rollout()
    if found is None:
        raise NoRollout
    with central_context(), transaction.atomic():
        rollout = Rollout.objects.select_for_update(of=("self",)).select_related("release").get(id=found.id)
        if rollout.state not in (RolloutState.RUNNING, RolloutState.PAUSED):
            raise RolloutNotOpen(state=RolloutState(rollout.state).label, act=_("kết thúc"))
        counts = Counter(Seat.objects.filter(rollout=rollout).values_list("state", flat=True))
        if not can_close(rollout, counts):
            raise RolloutUnfinished(count=sum(counts[state] for state in OPEN_SEAT_STATES))
        left = sum(counts[state] for state in LATER_STATES)
        facts = {"release": rollout.release.name, "was": rollout.state, "left": left}
        rollout.facts = {**rollout.facts, "closed": reason.strip()[:500]}
        rollout.state, rollout.finished_at, rollout.why = RolloutState.DONE, now, reason.strip()[:500]
        rollout.save(update_fields=["facts", "state", "finished_at", "why"])
        record_act(by=by, action="rollout.closed", now=now, reason=reason.strip()[:500], facts=facts)
    return rollout


def reopen_for_latecomers(*, now: datetime) -> bool:
    """When the time of somebody has come who was left behind by the newest rollout, and none is open: go on there.

    A later rollout has taken everybody along, so only the newest is looked at. It closes again by itself.
    """
    with central_context():
        newest = Rollout.objects.select_related("release").order_by("-id").first()
        if newest is None or newest.state != RolloutState.DONE or "closed" not in newest.facts:
            return False
        number, wishes = newest.release.number, get_wishes()
        left = Seat.objects.filter(rollout=newest, state__in=[*LATER_STATES, *OPEN_SEAT_STATES])
        left = left.exclude(tenant__state=TenantState.RETIRED)
        may = [
            code
            for tenant_id, code in left.values_list("tenant_id", "tenant__code")
            if seat_state(wishes[tenant_id], number, now) == SeatState.WAITING
        ]
        if not may:
            return False
        try:
            with transaction.atomic():
                same = Rollout.objects.filter(id=newest.id, state=RolloutState.DONE)
                if not same.update(state=RolloutState.RUNNING, finished_at=None):
                    return False
                facts = {"release": newest.release.name, "tenants": sorted(may)}
                record_act(by=SYSTEM, action="rollout.reopened", now=now, facts=facts)
        except IntegrityError:  # somebody has started another one, which takes them along
            return False
    return True
