"""What a change of the calendar does to the clocks that still run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from apps.deadlines.arithmetic import DueDate, Extension, Pause, reckon
from apps.deadlines.calendar_facts import CalendarChange, CalendarFacts, HoursChange, load_facts, read_chain
from apps.deadlines.enums import LimitUnit
from apps.deadlines.errors import CalendarHasNoWorkingTime
from apps.deadlines.models import Clock, ClockExtension, ClockPause
from apps.deadlines.rules import read_rule
from apps.deadlines.working_calendar import Calendar, at
from apps.organisations.selectors import get_units

BATCH = 500


@dataclass(frozen=True, slots=True)
class DueDateMove:
    subject_id: int
    old_due_at: datetime
    new_due_at: datetime


@dataclass(slots=True)
class Calendars:
    """One calendar a unit, built once from the same facts."""

    facts: CalendarFacts
    built: dict[int, Calendar]

    @classmethod
    def of(cls, facts: CalendarFacts) -> "Calendars":
        return cls(facts, {})

    def prepare(self, unit_ids: set[int]) -> None:
        missing = unit_ids - self.built.keys()
        if missing:
            for unit_id, unit in get_units(missing).items():
                self.built[unit_id] = self.facts.build(read_chain(unit.path))


def preview_calendar_change(
    *, changes: Iterable[CalendarChange], now: datetime | None = None
) -> list[DueDateMove]:
    """Which due dates these changes would move, in the order they were started; writes nothing.

    A running clock whose new calendar has no working time at all is left out:
    recomputing leaves it as it is, too.
    """
    changes = list(changes)
    if not changes:
        return []
    earliest = min(_first_day(change) for change in changes)
    calendars = Calendars.of(load_facts().changed(changes))
    clocks = Clock.objects.filter(stopped_at__isnull=True, due_at__gte=at(earliest, 0))
    return [
        DueDateMove(clock.subject_id, clock.due_at, due.due_at)
        for clock, due in reckon_each(clocks, calendars)
        if due is not None and due.due_at != clock.due_at
    ]


def preview_rule_change(*, rules: Mapping[int, Mapping[str, Any]]) -> tuple[int, list[DueDateMove]]:
    """Which due dates would move if these subjects had these limits; writes nothing.

    How many of them run at all, and the moves, in the order they were started.
    Pauses and extensions that were granted stay. Each clock counts in the
    calendar of its own unit.
    """
    calendars, running, moves = Calendars.of(load_facts()), 0, []
    subjects = sorted(rules)
    for start in range(0, len(subjects), BATCH):
        clocks = Clock.objects.filter(subject_id__in=subjects[start : start + BATCH], stopped_at__isnull=True)
        batch = list(clocks.order_by("id"))
        running += len(batch)
        other = [clock for clock in batch if read_rule(clock.rule) != read_rule(rules[clock.subject_id])]
        for clock in other:
            clock.rule = read_rule(rules[clock.subject_id]).as_json()  # in memory only
        moves += [
            DueDateMove(clock.subject_id, clock.due_at, due.due_at)
            for clock, due in reckon_batch(other, calendars)
            if due is not None and due.due_at != clock.due_at
        ]
    return running, moves


def reckon_each(clocks: QuerySet[Clock], calendars: Calendars) -> Iterator[tuple[Clock, DueDate | None]]:
    """Each clock with its due date by these calendars, None where they have no working time."""
    last = 0
    while batch := list(clocks.filter(id__gt=last).order_by("id")[:BATCH]):
        yield from reckon_batch(batch, calendars)
        last = batch[-1].id


def reckon_batch(batch: list[Clock], calendars: Calendars) -> Iterator[tuple[Clock, DueDate | None]]:
    calendars.prepare({clock.unit_id for clock in batch})
    pauses, extensions = events_of([clock.id for clock in batch])
    for clock in batch:
        calendar = calendars.built[clock.unit_id]
        try:
            due = reckon(
                read_rule(clock.rule),
                calendar,
                clock.started_at,
                pauses.get(clock.id, []),
                extensions.get(clock.id, []),
            )
        except CalendarHasNoWorkingTime:
            yield clock, None
        else:
            yield clock, due


def events_of(clock_ids: list[int]) -> tuple[dict[int, list[Pause]], dict[int, list[Extension]]]:
    """The pauses and extensions of these clocks: two statements."""
    pauses: dict[int, list[Pause]] = {}
    for row in ClockPause.objects.filter(clock_id__in=clock_ids).order_by("id"):
        pauses.setdefault(row.clock_id, []).append(
            Pause(since=row.paused_at, until=row.resumed_at, reason=row.reason, ground=row.ground)
        )
    extensions: dict[int, list[Extension]] = {}
    for extension in ClockExtension.objects.filter(clock_id__in=clock_ids).order_by("id"):
        extensions.setdefault(extension.clock_id, []).append(read_extension(extension))
    return pauses, extensions


def read_extension(row: ClockExtension) -> Extension:
    return Extension(
        granted_at=row.granted_at,
        ground=row.ground,
        approved_by=row.approved_by,
        amount=row.amount,
        unit=LimitUnit(row.unit) if row.unit else None,
        until=row.until,
    )


def _first_day(change: CalendarChange) -> date:
    return change.valid_from if isinstance(change, HoursChange) else change.date
