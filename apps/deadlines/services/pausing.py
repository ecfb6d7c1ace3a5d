"""The clock rests while the applicant is waited for, and goes on. It never rests without a ground."""

from datetime import datetime

from django.db import transaction

from apps.deadlines.arithmetic import Pause, reckon
from apps.deadlines.enums import PauseReason, VersionCause, values_of
from apps.deadlines.errors import (
    ClockNotPaused,
    ClockPaused,
    GroundMissing,
    PauseReasonUnknown,
    TimeRunsBackwards,
)
from apps.deadlines.explanation import with_open_pause
from apps.deadlines.models import Clock, ClockExtension, ClockPause
from apps.deadlines.open_clocks import read_extension
from apps.deadlines.rules import read_rule
from apps.deadlines.selectors import DueDateView, get_calendar, view_of
from apps.deadlines.services.clocks import get_running, keep_version, take_over
from kernel.actors import Actor
from kernel.vietnamese import clean


@transaction.atomic
def pause_clock(*, subject_id: int, reason: str, ground: str, by: Actor, now: datetime) -> DueDateView:
    """From ``now`` on time does not count. The due date stays, provisional, until the clock goes on."""
    if reason not in values_of(PauseReason):
        raise PauseReasonUnknown(field="reason")
    if not (ground := clean(ground)):
        raise GroundMissing(field="ground")
    clock = get_running(subject_id)
    if clock.paused_at is not None:
        raise ClockPaused
    if now < clock.started_at:
        raise TimeRunsBackwards
    ClockPause.objects.create(
        clock_id=clock.id, reason=reason, ground=ground[:500], paused_at=now, paused_by=by.name
    )
    clock.paused_at, clock.pause_reason = now, reason
    clock.explanation = with_open_pause(clock.explanation, now, reason, ground[:500])
    clock.save(update_fields=["paused_at", "pause_reason", "explanation"])
    return view_of(clock)


@transaction.atomic
def resume_clock(*, subject_id: int, by: Actor, now: datetime) -> DueDateView:
    """Time counts again; the working time that passed in the pause is given back, by today's calendar."""
    clock = get_running(subject_id)
    if clock.paused_at is None:
        raise ClockNotPaused
    if now < clock.paused_at:
        raise TimeRunsBackwards
    pauses = _end_pause(clock, by, now)
    extensions = ClockExtension.objects.filter(clock_id=clock.id) if clock.extension_count else ()
    calendar = get_calendar(unit_id=clock.unit_id)
    due = reckon(
        read_rule(clock.rule), calendar, clock.started_at, pauses, [read_extension(row) for row in extensions]
    )
    keep_version(clock, cause=VersionCause.RESUMED, by=by, now=now).save(force_insert=True)
    clock.paused_at, clock.pause_reason = None, ""
    take_over(clock, due, calendar)
    clock.save()
    return view_of(clock)


def _end_pause(clock: Clock, by: Actor, now: datetime) -> list[Pause]:
    """Close the open pause; all pauses of the clock, as values."""
    rows = list(ClockPause.objects.filter(clock_id=clock.id).order_by("id"))
    for row in rows:
        if row.resumed_at is None:
            row.resumed_at, row.resumed_by = now, by.name
            row.save(update_fields=["resumed_at", "resumed_by"])
    return [
        Pause(since=row.paused_at, until=row.resumed_at, reason=row.reason, ground=row.ground) for row in rows
    ]
