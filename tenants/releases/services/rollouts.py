"""A rollout is planned, started, paused, resumed and stopped: by people, each with a trace."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kernel.actors import Actor
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.enums import Ring, TenantState
from tenants.registry.models import Tenant
from tenants.releases.enums import UNFINISHED, RolloutState, SeatState, Stage
from tenants.releases.errors import NoRollout, NothingToRollOut, ReasonMissing, RolloutActive, RolloutNotOpen
from tenants.releases.models import Release, Rollout, Seat
from tenants.releases.selectors import find_active_rollout, get_release, get_wishes
from tenants.releases.turns import STAGE_OF_RING, STAGES, seat_state


@dataclass(frozen=True, slots=True)
class PlannedSeat:
    tenant: Tenant
    stage: Stage
    position: int
    state: SeatState  # WAITING, or why it would not be taken now


@dataclass(frozen=True, slots=True)
class Plan:
    """``seats`` in the order of their turns; tenants that are there already are left out.

    ``pilots``: how many tenants try releases first, those that are there already as well.
    """

    release: Release
    seats: list[PlannedSeat]
    already: int
    pilots: int

    def of(self, stage: Stage) -> list[PlannedSeat]:
        return [seat for seat in self.seats if seat.stage is stage]


def plan_rollout(*, release: str | None, now: datetime) -> Plan:
    """What a start would do at this moment; changes nothing. Raises ReleaseUnknown."""
    target = get_release(release)
    wishes = get_wishes()
    with central_context():
        tenants = list(Tenant.objects.exclude(schema_name="public").exclude(state=TenantState.RETIRED))
    behind = [tenant for tenant in tenants if tenant.release < target.number]
    behind.sort(key=lambda one: (STAGES.index(STAGE_OF_RING[one.ring]), wishes[one.id].order, one.code))
    seats = [
        PlannedSeat(
            tenant=tenant,
            stage=STAGE_OF_RING[tenant.ring],
            position=position,
            state=seat_state(wishes[tenant.id], target.number, now),
        )
        for position, tenant in enumerate(behind, start=1)
    ]
    pilots = sum(tenant.ring == Ring.PILOT for tenant in tenants)
    return Plan(target, seats, len(tenants) - len(behind), pilots)


def start_rollout(
    *,
    release: str | None,
    by: Actor,
    now: datetime,
    parallel: int = 4,
    soak_seconds: int | None = None,
    rehearse: bool = True,
) -> Rollout:
    """Put every tenant that is behind on a board. The runner, which is somebody else's call, carries it out.

    ``soak_seconds``: how long each ring is watched before its gate; without it, settings.RELEASE_SOAK_SECONDS.
    Raises ReleaseUnknown, NothingToRollOut, RolloutActive: of two who start at
    once, the second is refused by the database.
    """
    plan = plan_rollout(release=release, now=now)
    active = find_active_rollout()
    if active is not None:
        raise RolloutActive(release=active.release.name, who=active.started_by)
    if not plan.seats:
        raise NothingToRollOut(release=plan.release.name)
    try:
        with central_context(), transaction.atomic():
            rollout = Rollout.objects.create(
                release=plan.release,
                state=RolloutState.RUNNING,
                stage=Stage.REHEARSAL,
                parallel=max(1, min(parallel, 32)),
                soak_seconds=settings.RELEASE_SOAK_SECONDS if soak_seconds is None else soak_seconds,
                rehearse=rehearse,
                started_by=by.name,
                started_at=now,
            )
            notes = _left_behind([seat.tenant.id for seat in plan.seats])
            Seat.objects.bulk_create(
                Seat(
                    rollout=rollout,
                    tenant=seat.tenant,
                    stage=seat.stage,
                    position=seat.position,
                    state=seat.state,
                    from_release=seat.tenant.release,
                    note=notes.get(seat.tenant.id, {}),
                )
                for seat in plan.seats
            )
            facts = {"release": plan.release.name, "tenants": len(plan.seats), "parallel": rollout.parallel}
            record_act(by=by, action="rollout.started", now=now, facts=facts)
    except IntegrityError as clash:
        first = find_active_rollout()
        if first is None:
            raise
        raise RolloutActive(release=first.release.name, who=first.started_by) from clash
    return rollout


def _left_behind(tenant_ids: list[int]) -> dict[int, dict[str, Any]]:
    """How far the backfills of an earlier rollout came in tenants that it did not finish."""
    unfinished = Seat.objects.filter(tenant_id__in=tenant_ids).exclude(state=SeatState.DONE).exclude(note={})
    return dict(unfinished.order_by("id").values_list("tenant_id", "note"))


def pause_rollout(*, by: Actor, now: datetime, reason: str = "") -> Rollout:
    """No tenant is begun any more; those under way are finished. Raises NoRollout, RolloutNotOpen."""
    return _change({RolloutState.RUNNING}, RolloutState.PAUSED, _("tạm dừng"), by, now, reason)


def stop_rollout(*, by: Actor, now: datetime, reason: str) -> Rollout:
    """For good: what is done stays, a later start takes what is left. Raises NoRollout, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    states = {RolloutState.RUNNING, RolloutState.PAUSED, RolloutState.HELD}
    return _change(states, RolloutState.STOPPED, _("dừng hẳn"), by, now, reason, finished_at=now)


def resume_rollout(*, by: Actor, now: datetime, reason: str = "") -> Rollout:
    """Go on after a pause, or past a gate that held it, for which a reason is needed.

    Past a gate: its stage counts as passed, and the failures so far as accepted.
    A rollout that runs is left as it is, for a runner that died. Raises NoRollout,
    ReasonMissing.
    """
    rollout = _active()
    if rollout.state == RolloutState.RUNNING:
        return rollout
    changes: dict[str, Any] = {}
    if rollout.state == RolloutState.HELD:
        if not reason.strip():
            raise ReasonMissing(field="reason")
        with central_context():
            failed = Seat.objects.filter(rollout=rollout, state=SeatState.FAILED).count()
            left = Seat.objects.filter(
                rollout=rollout, stage=rollout.stage, state__in=(SeatState.WAITING, SeatState.RETRYING)
            ).exists()
        changes["facts"] = {**rollout.facts, "tolerated": failed}
        if not left:  # a wave that stopped in its middle is finished first, and meets its gate
            changes["passed"] = [*rollout.passed, rollout.stage]
    states = {RolloutState.PAUSED, RolloutState.HELD}
    return _change(states, RolloutState.RUNNING, _("tiếp tục"), by, now, reason, **changes)


def retry_rollout(*, by: Actor, now: datetime) -> Rollout:
    """Do again what held it, once the cause is mended: rehearse anew, or measure the gate anew, from ``now`` on.

    Tenants that failed or had drifted get another turn: mending them is what held a wave waits for. Nothing is
    passed over, so no reason is asked for. Raises NoRollout, RolloutNotOpen.
    """
    rollout = _active()
    again = {**rollout.facts.get("again", {}), rollout.stage: now.isoformat()}
    with central_context(), transaction.atomic():
        retried = _change(
            {RolloutState.HELD},
            RolloutState.RUNNING,
            _("làm lại"),
            by,
            now,
            "",
            action="rollout.retried",
            facts={**rollout.facts, "again": again},
        )
        Seat.objects.filter(rollout=rollout, state__in=UNFINISHED).update(
            state=SeatState.WAITING,
            attempts=0,
            error="",
            not_before=None,
            finished_at=None,
            milliseconds=None,
        )
    return retried


_ACTS = {
    RolloutState.PAUSED: "rollout.paused",
    RolloutState.STOPPED: "rollout.stopped",
    RolloutState.RUNNING: "rollout.resumed",
}


def _active() -> Rollout:
    rollout = find_active_rollout()
    if rollout is None:
        raise NoRollout
    return rollout


def _change(
    allowed: set[RolloutState],
    to: RolloutState,
    act: str,
    by: Actor,
    now: datetime,
    reason: str,
    *,
    action: str = "",
    **changes: Any,
) -> Rollout:
    with central_context(), transaction.atomic():
        found = _active()
        rollout = Rollout.objects.select_for_update(of=("self",)).select_related("release").get(id=found.id)
        if rollout.state not in allowed:
            raise RolloutNotOpen(state=RolloutState(rollout.state).label, act=act)
        facts = {
            "release": rollout.release.name,
            "stage": rollout.stage,
            "was": rollout.state,
            "why": rollout.why,
        }
        rollout.state = to
        rollout.why = reason.strip()[:500]
        for name, value in changes.items():
            setattr(rollout, name, value)
        rollout.save()
        record_act(by=by, action=action or _ACTS[to], now=now, reason=reason.strip()[:500], facts=facts)
    return rollout
