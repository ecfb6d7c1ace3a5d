"""A clock begins and ends. Both are one statement, so they cost the caller's transaction no savepoint."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from apps.deadlines.arithmetic import DueDate, reckon
from apps.deadlines.enums import VersionCause
from apps.deadlines.errors import ClockAlreadyStarted, ClockNotFound, ClockStopped, TimeRunsBackwards
from apps.deadlines.models import Clock, ClockVersion
from apps.deadlines.rules import read_rule
from apps.deadlines.selectors import DueDateView, get_calendar, view_of
from apps.deadlines.working_calendar import Calendar
from kernel.actors import Actor


def start_clock(
    *, subject_id: int, rule: Mapping[str, Any], unit_id: int, started_at: datetime, by: Actor, now: datetime
) -> DueDateView:
    """Start the clock of a subject by the limit of its case, in the calendar of the unit that answers for it.

    One statement while the calendar is in the cache. Raises LimitRuleInvalid,
    CalendarHasNoWorkingTime, ClockAlreadyStarted. Who and when stand in the
    trail of the caller, whose act this is.
    """
    limit, calendar = read_rule(rule), get_calendar(unit_id=unit_id)
    due = reckon(limit, calendar, started_at)
    clock = Clock(
        subject_id=subject_id,
        rule=limit.as_json(),
        unit_id=unit_id,
        unit_chain=list(calendar.chain),
        started_at=started_at,
        due_at=due.due_at,
        explanation=due.explanation,
        calendar_known_at=calendar.known_at,
    )
    try:
        clock.save(force_insert=True)
    except IntegrityError as error:
        raise ClockAlreadyStarted from error
    return view_of(clock)


def stop_clock(*, subject_id: int, at: datetime, by: Actor, now: datetime) -> None:
    """The processing is over, at ``at``. A pause that lasts is left open: its time was never given back."""
    running = Clock.objects.filter(subject_id=subject_id, stopped_at__isnull=True, started_at__lte=at)
    if running.update(stopped_at=at):
        return
    clock = Clock.objects.filter(subject_id=subject_id).first()
    if clock is None:
        raise ClockNotFound
    raise ClockStopped if clock.stopped_at else TimeRunsBackwards


def get_running(subject_id: int) -> Clock:
    """Locked for the transaction. Raises ClockNotFound, ClockStopped."""
    clock = Clock.objects.select_for_update(of=("self",)).filter(subject_id=subject_id).first()
    if clock is None:
        raise ClockNotFound
    if clock.stopped_at is not None:
        raise ClockStopped
    return clock


def keep_version(clock: Clock, *, cause: VersionCause, by: Actor, now: datetime) -> ClockVersion:
    """The due date that stands, as the row to be kept of it. Not saved."""
    return ClockVersion(
        clock_id=clock.id,
        number=clock.version,
        due_at=clock.due_at,
        explanation=clock.explanation,
        calendar_known_at=clock.calendar_known_at,
        replaced_at=now,
        replaced_by=by.name,
        cause=cause,
    )


def take_over(clock: Clock, due: DueDate, calendar: Calendar) -> None:
    """Put a new due date on the clock. Not saved."""
    clock.due_at, clock.explanation = due.due_at, due.explanation
    assert calendar.known_at is not None  # noqa: S101 - a calendar read from rows knows when
    clock.calendar_known_at = calendar.known_at
    clock.unit_chain = list(calendar.chain)
    clock.version += 1
