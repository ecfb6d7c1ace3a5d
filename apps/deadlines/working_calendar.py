"""The calendar of one unit, as a value: what a day is, and why. Imports no model.

Times of day are minutes since midnight of the local day (Asia/Ho_Chi_Minh, no
daylight saving). A range ends where it says: 17:00 still belongs to it. The
last end is 23:59, so that a due date never reads as the first moment of a day.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from apps.deadlines.enums import DayKind
from apps.deadlines.errors import WorkingHoursInvalid

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LAST_MINUTE = 24 * 60 - 1

Ranges = tuple[tuple[int, int], ...]
Week = tuple[Ranges, ...]
NO_WEEK: Week = ((),) * 7


class DayException(NamedTuple):
    """Why a day differs from the normal week."""

    kind: str
    name: str
    ground: str
    scope: str
    source: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """``weeks`` are (ordinal of the first day, week), oldest first; ``exceptions`` are keyed by ordinal.

    ``known_at`` is the moment of the latest change that is in it: with it and
    ``chain`` the same calendar can be read again. ``published_years`` have
    national days; a due date in another year says that they are still to come.
    """

    weeks: tuple[tuple[int, Week], ...]
    exceptions: Mapping[int, tuple[str, str, str, str, str]] = field(default_factory=dict)
    known_at: datetime | None = None
    chain: tuple[int, ...] = ()
    published_years: frozenset[int] = frozenset()

    def get_week(self, day: date) -> Week:
        """The week in force on ``day``; days before the first known week follow the first."""
        if not self.weeks:
            return NO_WEEK
        if len(self.weeks) == 1:
            return self.weeks[0][1]
        index = bisect_right(self.weeks, day.toordinal(), key=lambda entry: entry[0]) - 1
        return self.weeks[max(index, 0)][1]

    def get_exception(self, day: date) -> DayException | None:
        found = self.exceptions.get(day.toordinal())
        return DayException(*found) if found else None

    def get_ranges(self, day: date) -> Ranges:
        """When the unit works on ``day``; empty on a day off.

        A make-up day follows its own weekday, or the first weekday that has
        hours (usually Monday) when its own has none.
        """
        normal = self.get_week(day)[day.weekday()]
        exception = self.exceptions.get(day.toordinal())
        if exception is None:
            return normal
        if exception[0] == DayKind.OFF:
            return ()
        return normal or next((ranges for ranges in self.get_week(day) if ranges), ())

    def is_working(self, day: date) -> bool:
        return bool(self.get_ranges(day))

    def get_end(self, day: date) -> datetime | None:
        """The end of working time on ``day``."""
        ranges = self.get_ranges(day)
        return at(day, ranges[-1][1]) if ranges else None


def at(day: date, minute: int) -> datetime:
    """The moment ``minute`` minutes into the local ``day``."""
    return datetime.combine(day, time(), ZONE) + timedelta(minutes=minute)


def read_week(week: Iterable[Iterable[Iterable[str]]]) -> Week:
    """Seven lists of ``["07:30", "11:30"]``, Monday first. Raises WorkingHoursInvalid."""
    days = [tuple(_read_range(pair) for pair in day) for day in week]
    if len(days) != 7:
        raise WorkingHoursInvalid(field="week", reason=_("phải có đủ bảy ngày, bắt đầu từ thứ Hai."))
    for ranges in days:
        if any(later[0] < earlier[1] for earlier, later in pairwise(ranges)):
            raise WorkingHoursInvalid(field="week", reason=_("các khoảng giờ trong ngày phải nối tiếp nhau."))
    return tuple(days)


def _read_range(pair: Iterable[str]) -> tuple[int, int]:
    texts = list(pair)
    if len(texts) != 2:
        raise WorkingHoursInvalid(field="week", reason=_("mỗi khoảng giờ gồm giờ bắt đầu và giờ kết thúc."))
    start, end = read_minute(texts[0]), read_minute(texts[1])
    if start is None or end is None:
        raise WorkingHoursInvalid(field="week", reason=_("giờ phải viết dạng 07:30."))
    if start >= end:
        raise WorkingHoursInvalid(field="week", reason=_("giờ kết thúc phải sau giờ bắt đầu."))
    return start, end


def read_minute(text: Any) -> int | None:
    """``"07:30"`` → 450; None for what is no time of day."""
    if not isinstance(text, str) or len(text) != 5 or text[2] != ":":
        return None
    hours, minutes = text[:2], text[3:]
    if not (hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        return None
    value = int(hours) * 60 + int(minutes)
    return value if int(minutes) < 60 and value <= LAST_MINUTE else None


def write_week(week: Week) -> list[list[list[str]]]:
    return [[[write_minute(start), write_minute(end)] for start, end in ranges] for ranges in week]


def write_minute(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
