"""The arithmetic of time limits. Pure: no model, no clock of its own, no database.

How days are counted (data says which of these a rule uses):

* NEXT_DAY: the day after receipt is the first (BLDS 2015 Đ.147 k.2).
* SAME_DAY: the day of receipt is the first, unless it came at or after the
  cutoff, after working time, or on a day off: then the next working day is.
* A limit in days ends when working time ends on its last day; where that is a
  day off, on the next working day (BLDS 2015 Đ.148 k.5). A limit in months
  ends on the same day of the last month, or on that month's last (Đ.148 k.3).
* Hours are working hours.
* A pause gives back the working time that passed in it, from the first counted
  day on. One that begins when the limit is over gives back nothing.
"""

import calendar as gregorian
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from apps.deadlines.enums import LimitUnit, StartRule
from apps.deadlines.errors import CalendarHasNoWorkingTime, ExtensionInvalid, TimeRunsBackwards
from apps.deadlines.explanation import Because, Line, LineKind, Trail, moment, pause_line
from apps.deadlines.rules import LimitRule, read_rule
from apps.deadlines.working_calendar import ZONE, Calendar, at, write_minute

__all__ = [
    "Calendar",
    "DueDate",
    "Extension",
    "LimitRule",
    "Pause",
    "add_working_days",
    "add_working_hours",
    "read_rule",
    "reckon",
    "working_minutes_between",
    "working_time_between",
]

# A stretch without work that no office has: beyond it the calendar is wrong, and walking on is endless.
LONGEST_DAYS_WITHOUT_WORK = 400
DAY = timedelta(days=1)
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Pause:
    """``until`` is None while it lasts; then it gives nothing back yet."""

    since: datetime
    until: datetime | None
    reason: str
    ground: str


@dataclass(frozen=True, slots=True)
class Extension:
    """``amount`` of ``unit`` on top of the due date, or ``until`` a moment (never an earlier due date)."""

    granted_at: datetime
    ground: str
    approved_by: str
    amount: int | None = None
    unit: LimitUnit | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueDate:
    due_at: datetime
    explanation: list[Line]


def reckon(
    rule: LimitRule,
    calendar: Calendar,
    started_at: datetime,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
) -> DueDate:
    """When the limit is over, and why. Raises CalendarHasNoWorkingTime.

    Pauses and extensions are taken in the order they happened: an extension
    granted after a pause starts from what the pause had given back.
    """
    started_at = started_at.astimezone(ZONE)
    trail = Trail(calendar)
    first_day, because = _first_day(rule, calendar, started_at)
    counted_from = max(started_at, at(first_day, 0))
    _tell_days_before(first_day, started_at.date(), because, trail)
    due_at = _base_due(rule, calendar, counted_from, first_day, trail)
    told: list[Line] = []
    for event in _in_order(pauses, extensions):
        if isinstance(event, Pause):
            due_at, line = _after_pause(event, calendar, due_at, counted_from, trail)
            counted_from = max(counted_from, event.until or counted_from)  # no minute is given back twice
        else:
            due_at, line = _after_extension(event, calendar, due_at, trail)
        told.append(line)
    years = range(first_day.year, due_at.year + 1)
    unpublished = [year for year in years if year not in calendar.published_years]
    return DueDate(
        due_at,
        [
            _rule_line(rule),
            {
                "kind": LineKind.START.value,
                "at": moment(started_at),
                "day": first_day.isoformat(),
                "because": because.value,
            },
            *trail.lines,
            *told,
            *({"kind": LineKind.YEAR_UNPUBLISHED.value, "year": year} for year in unpublished),
            {"kind": LineKind.DUE.value, "at": moment(due_at)},
        ],
    )


def add_working_hours(calendar: Calendar, start: datetime, hours: float) -> datetime:
    """The moment ``hours`` of working time after ``start``; at the end of a range, that end."""
    return _add_working_time(calendar, start.astimezone(ZONE), timedelta(hours=hours), None)


def add_working_days(calendar: Calendar, start: datetime, days: int) -> datetime:
    """The end of working time on the ``days``-th working day after the day of ``start``."""
    day = _nth_working_day(calendar, start.astimezone(ZONE).date() + DAY, days, None)
    return _end(calendar, day)


def working_minutes_between(calendar: Calendar, since: datetime, until: datetime) -> int:
    """Whole minutes of working time; 0 when ``until`` is not after ``since``."""
    return int(working_time_between(calendar, since, until) // timedelta(minutes=1))


def working_time_between(calendar: Calendar, since: datetime, until: datetime) -> timedelta:
    since, until = since.astimezone(ZONE), until.astimezone(ZONE)
    total, day = NOTHING, since.date()
    while day <= until.date():
        for start, end in _spans(calendar, day):
            total += max(min(end, until) - max(start, since), NOTHING)
        day += DAY
    return total


def _rule_line(rule: LimitRule) -> Line:
    return {
        "kind": LineKind.RULE.value,
        "amount": rule.amount,
        "unit": str(rule.unit),
        "start": str(rule.start),
        "cutoff": None if rule.cutoff is None else write_minute(rule.cutoff),
        "ground": rule.legal_ground,
    }


def _first_day(rule: LimitRule, calendar: Calendar, started_at: datetime) -> tuple[date, Because]:
    """The first day that counts: for working days and hours a working day, else any."""
    today = started_at.date()
    if rule.start == StartRule.NEXT_DAY:
        counts_any = rule.unit in (LimitUnit.DAY, LimitUnit.MONTH)
        return today + DAY if counts_any else _next_working_day(calendar, today + DAY), Because.NEXT_DAY
    if rule.start == StartRule.NOW:
        return today, Because.NOW
    end = calendar.get_end(today)
    if end is None:
        because = Because.DAY_OFF
    elif rule.cutoff is not None and started_at >= at(today, rule.cutoff):
        because = Because.AFTER_CUTOFF
    elif started_at >= end:
        because = Because.AFTER_HOURS
    else:
        return today, Because.SAME_DAY
    return _next_working_day(calendar, today + DAY), because


def _tell_days_before(first_day: date, today: date, because: Because, trail: Trail) -> None:
    """The days off between receipt and the first day that counts; the day of receipt only when it is one."""
    day = today if because == Because.DAY_OFF else today + DAY
    while day < first_day:
        trail.see(day)
        day += DAY


def _base_due(
    rule: LimitRule, calendar: Calendar, counted_from: datetime, first_day: date, trail: Trail
) -> datetime:
    """The due date before any pause or extension."""
    match rule.unit:
        case LimitUnit.HOUR:
            return _add_working_time(calendar, counted_from, timedelta(hours=rule.amount), trail)
        case LimitUnit.WORKING_DAY:
            return _end(calendar, _nth_working_day(calendar, first_day, rule.amount, trail))
        case LimitUnit.DAY:
            return _end(calendar, _roll(calendar, first_day + (rule.amount - 1) * DAY, trail))
        case _:
            return _end(calendar, _roll(calendar, _add_months(first_day - DAY, rule.amount), trail))


def _in_order(pauses: Iterable[Pause], extensions: Iterable[Extension]) -> list[Pause | Extension]:
    events: list[Pause | Extension] = [*pauses, *extensions]
    events.sort(key=lambda event: event.since if isinstance(event, Pause) else event.granted_at)
    return events


def _after_pause(
    pause: Pause, calendar: Calendar, due_at: datetime, counted_from: datetime, trail: Trail
) -> tuple[datetime, Line]:
    given_back = NOTHING
    if pause.until is not None:
        if pause.until < pause.since:
            raise TimeRunsBackwards
        if pause.since < due_at:
            given_back = working_time_between(calendar, max(pause.since, counted_from), pause.until)
    minutes = round(given_back / timedelta(minutes=1))
    line = pause_line(pause.since, pause.until, pause.reason, pause.ground, minutes)
    return _add_working_time(calendar, due_at, given_back, trail), line


def _after_extension(
    extension: Extension, calendar: Calendar, due_at: datetime, trail: Trail
) -> tuple[datetime, Line]:
    if extension.until is not None:
        due_at = max(due_at, extension.until.astimezone(ZONE))
    else:
        due_at = _extended(extension, calendar, due_at, trail)
    line = {
        "kind": LineKind.EXTENSION.value,
        "at": moment(extension.granted_at),
        "amount": extension.amount,
        "unit": None if extension.unit is None else str(extension.unit),
        "until": None if extension.until is None else moment(extension.until),
        "ground": extension.ground,
        "approved_by": extension.approved_by,
        "due_at": moment(due_at),
    }
    return due_at, line


def _extended(extension: Extension, calendar: Calendar, due_at: datetime, trail: Trail) -> datetime:
    amount, today = extension.amount, due_at.date()
    if amount is None:
        raise ExtensionInvalid(reason=_("phải nêu số lượng hoặc thời điểm."))
    match extension.unit:
        case LimitUnit.HOUR:
            return _add_working_time(calendar, due_at, timedelta(hours=amount), trail)
        case LimitUnit.DAY:
            return _end(calendar, _roll(calendar, today + amount * DAY, trail))
        case LimitUnit.MONTH:
            return _end(calendar, _roll(calendar, _add_months(today, amount), trail))
        case _:
            return _end(calendar, _nth_working_day(calendar, today + DAY, amount, trail))


def _add_working_time(
    calendar: Calendar, start: datetime, amount: timedelta, trail: Trail | None
) -> datetime:
    if amount <= NOTHING:
        return start
    for day in _days_until_work(calendar, start.date(), trail):
        for opens, closes in _spans(calendar, day):
            begin = max(opens, start)
            if begin >= closes:
                continue
            if amount <= closes - begin:
                return begin + amount
            amount -= closes - begin
    raise AssertionError("the walk over days ends by returning or refusing")


def _nth_working_day(calendar: Calendar, day: date, count: int, trail: Trail | None) -> date:
    """The ``count``-th working day from ``day`` on, ``day`` itself included."""
    for each in _days_until_work(calendar, day, trail):
        if calendar.is_working(each):
            count -= 1
            if count <= 0:
                return each
    raise AssertionError("the walk over days ends by returning or refusing")


def _next_working_day(calendar: Calendar, day: date) -> date:
    """``day``, or the first working day after it."""
    return _nth_working_day(calendar, day, 1, None)


def _roll(calendar: Calendar, day: date, trail: Trail) -> date:
    rolled = _nth_working_day(calendar, day, 1, trail)
    if rolled != day:
        trail.move_last_day(day, rolled)
    return rolled


def _days_until_work(calendar: Calendar, day: date, trail: Trail | None) -> Iterator[date]:
    """Each day from ``day`` on, for ever; refuses once 400 of them in a row have no working time."""
    begin, idle = day, 0
    while True:
        if trail is not None:
            trail.see(day)
        idle = 0 if calendar.is_working(day) else idle + 1
        if idle > LONGEST_DAYS_WITHOUT_WORK:
            raise CalendarHasNoWorkingTime(days=LONGEST_DAYS_WITHOUT_WORK, date=f"{begin:%d/%m/%Y}")
        yield day
        day += DAY


def _spans(calendar: Calendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    for start, end in calendar.get_ranges(day):
        yield at(day, start), at(day, end)


def _end(calendar: Calendar, day: date) -> datetime:
    end = calendar.get_end(day)
    if end is None:
        raise CalendarHasNoWorkingTime(days=1, date=f"{day:%d/%m/%Y}")
    return end


def _add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, gregorian.monthrange(year, month)[1]))
