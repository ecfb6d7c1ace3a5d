"""From rows to calendars: which days and hours a unit goes by, as known at a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max, Q

from apps.deadlines.enums import DayKind, DayScope, DaySource
from apps.deadlines.models import CalendarDay, WorkingHours
from apps.deadlines.working_calendar import Calendar, Week, read_week


class DayFact(NamedTuple):
    scope: str
    unit_id: int | None
    date: date
    kind: str
    name: str
    ground: str
    source: str


class HoursFact(NamedTuple):
    unit_id: int | None
    valid_from: date
    week: list[list[list[str]]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """One day of the calendar to be set, or with ``kind`` None to be taken out, at one scope."""

    date: date
    kind: DayKind | None
    scope: DayScope = DayScope.PROVINCE
    unit_id: int | None = None
    name: str = ""
    ground: str = ""
    source: DaySource = DaySource.LOCAL


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursChange:
    """A normal week from a date on; ``week`` None gives a unit the week of the unit above it."""

    valid_from: date
    week: list[list[list[str]]] | None
    unit_id: int | None = None
    ground: str = ""


CalendarChange = DayChange | HoursChange


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    days: list[DayFact]
    hours: list[HoursFact]
    known_at: datetime | None

    def changed(self, changes: Iterable[CalendarChange]) -> "CalendarFacts":
        """The facts as they would be; writes nothing."""
        days = {(day.scope, day.unit_id, day.date): day for day in self.days}
        hours = {(week.unit_id, week.valid_from): week for week in self.hours}
        for change in changes:
            if isinstance(change, HoursChange):
                hours[change.unit_id, change.valid_from] = HoursFact(
                    change.unit_id, change.valid_from, change.week
                )
                continue
            key = (str(change.scope), change.unit_id, change.date)
            if change.kind is None:
                days.pop(key, None)
            else:
                facts = (str(change.kind), change.name, change.ground, str(change.source))
                days[key] = DayFact(*key, *facts)
        return replace(self, days=list(days.values()), hours=list(hours.values()))

    def build(self, chain: Sequence[int]) -> Calendar:
        """The calendar of a unit; ``chain`` is the unit and those above it, nearest first."""
        return Calendar(
            weeks=_weeks(self.hours, chain),
            exceptions=_exceptions(self.days, chain),
            known_at=self.known_at,
            chain=tuple(chain),
            published_years=frozenset(day.date.year for day in self.days if day.scope == DayScope.NATIONAL),
        )


def load_facts(*, chain: Sequence[int] | None = None, known_at: datetime | None = None) -> CalendarFacts:
    """What is known now, or was at ``known_at``; of all units unless a chain is given. Four statements."""
    latest = find_latest_change(known_at)
    if known_at is None:
        known = Q(withdrawn_at__isnull=True)
    else:
        known = Q(known_at__lte=known_at) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at))
    if chain is not None:
        known &= Q(unit_id__isnull=True) | Q(unit_id__in=chain)
    days = CalendarDay.objects.filter(known).values_list(*DayFact._fields)
    hours = WorkingHours.objects.filter(known).values_list(*HoursFact._fields)
    return CalendarFacts([DayFact(*row) for row in days], [HoursFact(*row) for row in hours], latest)


def find_latest_change(known_at: datetime | None = None) -> datetime | None:
    """The moment of the tenant's last change of hours or days, up to ``known_at``."""
    moments: list[datetime] = []
    for model in (CalendarDay, WorkingHours):
        upto = Q(known_at__lte=known_at) if known_at else None
        gone = Q(withdrawn_at__lte=known_at) if known_at else None
        found = model.objects.aggregate(
            new=Max("known_at", filter=upto), gone=Max("withdrawn_at", filter=gone)
        )
        moments += [moment for moment in found.values() if moment is not None]
    return max(moments, default=None)


def read_chain(path: str) -> tuple[int, ...]:
    """``/1/24/`` → (24, 1): nearest first."""
    return tuple(int(part) for part in reversed(path.strip("/").split("/")))


def _exceptions(days: list[DayFact], chain: Sequence[int]) -> dict[int, tuple[str, str, str, str, str]]:
    """National days, overlaid by the province's, by those of the units above, by the unit's own."""
    nearness = {unit_id: len(chain) - index for index, unit_id in enumerate(chain)}
    ranked = []
    for day in days:
        if day.scope == DayScope.UNIT:
            if day.unit_id not in nearness:
                continue
            rank = 1 + nearness[day.unit_id]
        else:
            rank = 1 if day.scope == DayScope.PROVINCE else 0
        ranked.append((rank, day))
    ranked.sort(key=lambda pair: pair[0])
    return {
        day.date.toordinal(): (day.kind, day.name, day.ground, day.scope, day.source) for _, day in ranked
    }


def _weeks(hours: list[HoursFact], chain: Sequence[int]) -> tuple[tuple[int, Week], ...]:
    """For each date on which anything begins, the week of the nearest unit that has one then."""
    by_unit: dict[int | None, list[HoursFact]] = {}
    for fact in sorted(hours, key=lambda fact: fact.valid_from):
        if fact.unit_id is None or fact.unit_id in chain:
            by_unit.setdefault(fact.unit_id, []).append(fact)
    begins = sorted({fact.valid_from for facts in by_unit.values() for fact in facts})
    weeks = []
    for begin in begins:
        week = next(
            (found for unit_id in (*chain, None) if (found := _week_on(by_unit.get(unit_id, []), begin))),
            None,
        )
        if week is not None:
            weeks.append((begin.toordinal(), read_week(week)))
    return tuple(weeks)


def _week_on(facts: list[HoursFact], day: date) -> list[list[list[str]]] | None:
    begun = [fact for fact in facts if fact.valid_from <= day]
    return begun[-1].week if begun else None
