"""Door 1: when is it due, why, and what is the calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.deadlines import calendar_cache
from apps.deadlines.arithmetic import DueDate, reckon
from apps.deadlines.calendar_facts import load_facts, read_chain
from apps.deadlines.enums import DayKind, DayScope
from apps.deadlines.errors import CalendarDayInvalid, ClockNotFound
from apps.deadlines.explanation import Line
from apps.deadlines.models import CalendarDay, Clock, ClockPause, ClockVersion, WorkingHours
from apps.deadlines.open_clocks import events_of, preview_calendar_change
from apps.deadlines.rules import read_rule
from apps.deadlines.working_calendar import Calendar
from apps.organisations.selectors import find_leaf

__all__ = [
    "CalendarDayView",
    "DueDateView",
    "WorkingHoursView",
    "count_pauses",
    "get_calendar",
    "get_due",
    "get_dues",
    "list_calendar_days",
    "list_due_versions",
    "list_national_dates",
    "list_working_hours",
    "preview_calendar_change",
    "preview_due",
    "reckon_as_known",
]


@dataclass(frozen=True, slots=True)
class DueDateView:
    """``due_at`` is provisional while ``paused_at`` is set: the time of waiting is given back on resuming."""

    due_at: datetime
    explanation: list[Line]
    started_at: datetime
    subject_id: int | None = None
    unit_id: int | None = None
    paused_at: datetime | None = None
    pause_reason: str = ""
    stopped_at: datetime | None = None
    extension_count: int = 0
    extension_limit: int = 1
    version: int = 1

    def is_overdue(self, now: datetime) -> bool:
        """Against the end if it has one; a pause that began in time keeps it in time."""
        return self.due_at < (self.stopped_at or self.paused_at or now)


@dataclass(frozen=True, slots=True)
class DueVersionView:
    number: int
    due_at: datetime
    explanation: list[Line]
    replaced_at: datetime
    replaced_by: str
    cause: str


@dataclass(frozen=True, slots=True)
class CalendarDayView:
    id: int
    scope: str
    unit_id: int | None
    date: date
    kind: str
    name: str
    ground: str
    source: str

    @property
    def is_off(self) -> bool:
        return self.kind == DayKind.OFF


@dataclass(frozen=True, slots=True)
class WorkingHoursView:
    id: int
    unit_id: int | None
    valid_from: date
    week: list[list[list[str]]] | None
    ground: str


def get_calendar(
    *, unit_id: int | None, now: datetime | None = None, known_at: datetime | None = None
) -> Calendar:
    """The calendar a unit goes by (None: the whole tenant's), no statement while the cache is warm.

    With ``known_at``, as it was known at that moment, read from the rows.
    ``now`` changes nothing: what is known is known.
    """
    if known_at is not None:
        chain = _chain(unit_id)
        return load_facts(chain=chain, known_at=known_at).build(chain)
    stamp, calendar = calendar_cache.look_up(unit_id)
    if calendar is None:
        chain = _chain(unit_id)
        calendar = load_facts(chain=chain).build(chain)
        calendar_cache.keep(unit_id, stamp, calendar)
    return calendar


def preview_due(
    *, rule: Mapping[str, Any], unit_id: int | None, started_at: datetime, now: datetime | None = None
) -> DueDateView:
    """What start_clock would answer; writes nothing."""
    due = reckon(read_rule(rule), get_calendar(unit_id=unit_id), started_at)
    return DueDateView(due_at=due.due_at, explanation=due.explanation, started_at=started_at, unit_id=unit_id)


def get_due(subject_id: int) -> DueDateView:
    """Raises ClockNotFound."""
    clock = Clock.objects.filter(subject_id=subject_id).first()
    if clock is None:
        raise ClockNotFound
    return view_of(clock)


def get_dues(subject_ids: Iterable[int]) -> dict[int, DueDateView]:
    """Of several subjects in one statement; those without a clock are left out."""
    return {
        clock.subject_id: view_of(clock) for clock in Clock.objects.filter(subject_id__in=list(subject_ids))
    }


def view_of(clock: Clock) -> DueDateView:
    return DueDateView(
        due_at=clock.due_at,
        explanation=clock.explanation,
        started_at=clock.started_at,
        subject_id=clock.subject_id,
        unit_id=clock.unit_id,
        paused_at=clock.paused_at,
        pause_reason=clock.pause_reason,
        stopped_at=clock.stopped_at,
        extension_count=clock.extension_count,
        extension_limit=read_rule(clock.rule).extension_limit,
        version=clock.version,
    )


def list_due_versions(subject_id: int) -> list[DueVersionView]:
    """The due dates that were, oldest first; the one in force is get_due's."""
    versions = ClockVersion.objects.filter(clock__subject_id=subject_id).order_by("number")
    return [
        DueVersionView(
            number=version.number,
            due_at=version.due_at,
            explanation=version.explanation,
            replaced_at=version.replaced_at,
            replaced_by=version.replaced_by,
            cause=version.cause,
        )
        for version in versions
    ]


def count_pauses(*, subject_id: int, reason: str | None = None) -> int:
    """More than one for SUPPLEMENT counts as overdue in the index of QĐ 766 (formula 2.1)."""
    pauses = ClockPause.objects.filter(clock__subject_id=subject_id)
    return (pauses.filter(reason=reason) if reason else pauses).count()


def reckon_as_known(subject_id: int) -> DueDate:
    """Compute a due date again, with the units and the calendar that were used: the proof years later."""
    clock = Clock.objects.filter(subject_id=subject_id).first()
    if clock is None:
        raise ClockNotFound
    chain = tuple(clock.unit_chain)
    calendar = load_facts(chain=chain, known_at=clock.calendar_known_at).build(chain)
    pauses, extensions = events_of([clock.id])
    return reckon(
        read_rule(clock.rule),
        calendar,
        clock.started_at,
        pauses.get(clock.id, []),
        extensions.get(clock.id, []),
    )


def list_calendar_days(
    *, year: int, unit_id: int | None = None, scope: str | None = None
) -> list[CalendarDayView]:
    """In force in the year, by date; with ``unit_id`` that unit's besides the national and the tenant's."""
    days = CalendarDay.objects.filter(withdrawn_at__isnull=True, date__year=year)
    if unit_id is not None:
        days = days.filter(unit_id=unit_id) | days.exclude(scope=DayScope.UNIT)
    if scope is not None:
        days = days.filter(scope=scope)
    return [
        CalendarDayView(**{name: getattr(day, name) for name in CalendarDayView.__slots__})
        for day in days.order_by("date", "scope", "unit_id")
    ]


def list_national_dates() -> set[date]:
    """Every date that this tenant has from the national calendar."""
    days = CalendarDay.objects.filter(withdrawn_at__isnull=True, scope=DayScope.NATIONAL)
    return set(days.values_list("date", flat=True))


def list_working_hours(*, unit_id: int | None = None) -> list[WorkingHoursView]:
    """The weeks of one unit (None: the tenant's), oldest first."""
    rows = WorkingHours.objects.filter(withdrawn_at__isnull=True, unit_id=unit_id).order_by("valid_from")
    return [
        WorkingHoursView(**{name: getattr(row, name) for name in WorkingHoursView.__slots__}) for row in rows
    ]


def _chain(unit_id: int | None) -> tuple[int, ...]:
    if unit_id is None:
        return ()
    leaf = find_leaf(unit_id)
    if leaf is None:
        raise CalendarDayInvalid(field="unit_id", reason=_("không có đơn vị này."))
    return read_chain(leaf.path)
