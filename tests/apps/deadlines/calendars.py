"""Calendars for the tests of the arithmetic."""

from datetime import date, datetime

from apps.deadlines.rules import LimitRule, read_rule
from apps.deadlines.seeding import USUAL_WEEK, seed_national_days
from apps.deadlines.working_calendar import ZONE, Calendar, read_week


def national_calendar(week=USUAL_WEEK, **more: tuple[str, str]) -> Calendar:
    """Seeded 2025-2027; ``more`` are days ``d2026_06_15=("OFF", "…")`` of the unit."""
    days = {
        day.date.toordinal(): (day.kind, day.name, day.ground, "NATIONAL", day.source)
        for day in seed_national_days(range(2025, 2028))
    }
    for key, (kind, name) in more.items():
        year, month, number = key[1:].split("_")
        days[date(int(year), int(month), int(number)).toordinal()] = (kind, name, "QĐ 1", "UNIT", "LOCAL")
    return Calendar(
        weeks=((1, read_week(week)),), exceptions=days, published_years=frozenset({2025, 2026, 2027})
    )


def rule(amount: int, unit: str, start: str = "NEXT_DAY", cutoff: str | None = None, **more) -> LimitRule:
    return read_rule(
        {"amount": amount, "unit": unit, "start": start, "cutoff": cutoff, "legal_ground": "Điều 1", **more}
    )


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=ZONE)
