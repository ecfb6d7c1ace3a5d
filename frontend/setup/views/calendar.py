"""The year, day by day, and changing it: what moves is shown before it is done."""

import calendar as months
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.deadlines.enums import DayKind, DayScope, DaySource, label_of
from apps.deadlines.selectors import (
    CalendarDayView,
    get_calendar,
    list_calendar_days,
    list_working_hours,
    preview_calendar_change,
)
from apps.deadlines.services import change_calendar, recompute_after_calendar_change
from apps.dossiers.selectors import get_codes
from apps.organisations.selectors import UnitView, get_units
from frontend.access import StaffRequest, staff
from frontend.problems import Problems, laid_out
from frontend.setup.done import done_words
from frontend.setup.forms.calendar import CHANGE_FIELDS, Change, read_change, values_of_day
from frontend.setup.forms.staff import chosen_unit, today_of, unit_choices
from frontend.setup.permissions import ROOM, can_change_calendar
from kernel.errors import DomainError

_SHOWN_MOVES = 100
_NO_UNIT = 0
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Day:
    """``mark`` is a word of the style sheet: off, worked, weekly, or nothing for a normal working day."""

    number: int
    mark: str
    title: str


@require_safe
@staff(*ROOM)
def year(request: StaffRequest) -> HttpResponse:
    shown = _year(request.GET.get("year", ""), today_of(request).year)
    unit = chosen_unit(request.GET.get("unit", ""))
    # Without a unit: the nation's and the tenant's days, no unit's own.
    days = list_calendar_days(year=shown, unit_id=unit.id if unit else _NO_UNIT)
    names = get_units({day.unit_id for day in days if day.unit_id})
    context = {
        "year": shown,
        "months": [(number, _weeks(shown, number, days, unit)) for number in range(1, 13)],
        "days": [
            (day, label_of(DayKind(day.kind)), _where(day, names), label_of(DaySource(day.source)))
            for day in days
        ],
        "hours": _hours(unit),
        "unit": unit,
        "units": unit_choices(request.actor, today_of(request)),
        "may_change": can_change_calendar(request.actor, unit.path if unit else None),
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "setup/calendar/year.html", context)


@require_http_methods(["GET", "POST"])
@staff(*ROOM)
def change(request: StaffRequest) -> HttpResponse:
    """First what it moves, then the change itself: two presses, the second with the figures in view."""
    problems, moves, asked = Problems(), None, None
    if request.method == "POST":
        values = {name: request.POST.get(name, "")[:400] for name in CHANGE_FIELDS}
        asked = read_change(values, problems)
        if asked is not None and not can_change_calendar(
            request.actor, asked.unit.path if asked.unit else None
        ):
            problems.add("unit", _("Bạn chỉ sửa được lịch của đơn vị mình quản trị."))
        if asked is not None and not problems:
            moves = preview_calendar_change(changes=[asked.day], now=request.now)
            if request.POST.get("confirm"):
                problems = _carry_out(request, asked)
                if not problems:
                    return HttpResponseRedirect(
                        f"{reverse('setup:calendar')}?year={asked.day.date.year}&done=calendar-changed"
                    )
    else:
        values = values_of_day(request.GET, request.GET.get("date", ""))
    context = {
        "values": values,
        "problems": problems,
        "moves": _shown(moves or []),
        "count": len(moves) if moves is not None else None,
        "asked": asked if not problems else None,
        "units": unit_choices(request.actor, today_of(request)),
        "kinds": [(kind.value, label_of(kind)) for kind in DayKind],
    }
    return render(request, "setup/calendar/change.html", context, status=422 if problems else 200)


def _carry_out(request: StaffRequest, asked: Change) -> Problems:
    by, now = request.actor, request.now
    try:
        change_calendar(changes=[asked.day], by=by, now=now)
    except DomainError as refused:
        return laid_out(refused, CHANGE_FIELDS)
    recompute_after_calendar_change(by=by, now=now)
    return Problems()


def _shown(moves: list[Any]) -> list[tuple[str, Any, Any]]:
    first = moves[:_SHOWN_MOVES]
    codes = get_codes(move.subject_id for move in first)
    return [(codes.get(move.subject_id, ""), move.old_due_at, move.new_due_at) for move in first]


def _year(text: str, otherwise: int) -> int:
    return (
        int(text)
        if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in _YEARS
        else otherwise
    )


def _weeks(
    shown: int, month: int, days: list[CalendarDayView], unit: UnitView | None
) -> list[list[Day | None]]:
    known = {day.date: day for day in days}
    calendar = get_calendar(unit_id=unit.id if unit else None)
    return [
        [_day(date(shown, month, number), known, calendar) if number else None for number in week]
        for week in months.Calendar(firstweekday=0).monthdayscalendar(shown, month)
    ]


def _day(day: date, known: dict[date, CalendarDayView], calendar: Any) -> Day:
    special = known.get(day)
    if special is not None:
        return Day(day.day, "off" if special.is_off else "worked", special.name)
    if not calendar.is_working(day):
        return Day(day.day, "weekly", _("nghỉ hằng tuần"))
    return Day(day.day, "", "")


def _where(day: CalendarDayView, names: dict[int, UnitView]) -> str:
    if day.unit_id is not None:
        return names[day.unit_id].name if day.unit_id in names else ""
    return label_of(DayScope(day.scope))


def _hours(unit: UnitView | None) -> list[tuple[str, str]]:
    """The normal week now in force: days in a row with the same hours are one line."""
    rows = list_working_hours(unit_id=unit.id if unit else None) or list_working_hours()
    week = rows[-1].week if rows else None
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    lines: list[tuple[str, str, str]] = []  # first day, last day, hours
    for name, ranges in zip(names, week or [], strict=False):
        hours = ", ".join(f"{start}–{end}" for start, end in ranges)
        if lines and lines[-1][2] == hours:
            lines[-1] = (lines[-1][0], name, hours)
        else:
            lines.append((name, name, hours))
    return [(first if first == last else f"{first} – {last}", hours) for first, last, hours in lines if hours]
