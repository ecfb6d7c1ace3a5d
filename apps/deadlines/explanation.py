"""What a due date says of itself: JSON-ready lines, in the order they are told. Imports no model.

Every line has ``kind``; moments are ISO 8601 with the local offset, days are
ISO dates. ``wording.sentences`` turns them into sentences.

==================  =====================================================================================
RULE                amount, unit, start, cutoff, ground
START               at (receipt), day (first day that counts), because (one of Because)
DAY_SKIPPED         date, to (last day of the stretch), why WEEKLY | OFF; when OFF name, ground, scope, source
DAY_WORKED          date, name, ground, scope, source: a make-up working day that counts
LAST_DAY_MOVED      date (where the limit ended), to (the working day that takes its place)
PAUSE               at, to (null while it lasts), reason, ground, minutes of working time given back
EXTENSION           at, amount and unit or until, ground, approved_by, due_at
YEAR_UNPUBLISHED    year: its national days off are not known yet
DUE                 at
==================  =====================================================================================
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from apps.deadlines.enums import DayKind
from apps.deadlines.working_calendar import ZONE, Calendar

Line = dict[str, Any]


class LineKind(StrEnum):
    RULE = "RULE"
    START = "START"
    DAY_SKIPPED = "DAY_SKIPPED"
    DAY_WORKED = "DAY_WORKED"
    LAST_DAY_MOVED = "LAST_DAY_MOVED"
    PAUSE = "PAUSE"
    EXTENSION = "EXTENSION"
    YEAR_UNPUBLISHED = "YEAR_UNPUBLISHED"
    DUE = "DUE"


class Because(StrEnum):
    """Why counting starts when it starts."""

    NEXT_DAY = "NEXT_DAY"
    SAME_DAY = "SAME_DAY"
    AFTER_CUTOFF = "AFTER_CUTOFF"
    AFTER_HOURS = "AFTER_HOURS"
    DAY_OFF = "DAY_OFF"
    NOW = "NOW"


@dataclass(slots=True)
class Trail:
    """Collects the days on which the walk did not go by the normal week, each day once."""

    calendar: Calendar
    lines: list[Line] = field(default_factory=list)
    _last: date | None = None
    _open: Line | None = None

    def see(self, day: date) -> None:
        """Tell of ``day`` if it is skipped, or worked though the week has none. Days come in order."""
        if self._last is not None and day <= self._last:
            return
        self._last = day
        exception = self.calendar.get_exception(day)
        if exception is not None:
            facts = {"name": exception.name, "ground": exception.ground}
            facts |= {"scope": str(exception.scope), "source": str(exception.source)}
            if exception.kind == DayKind.OFF:
                self._skip(day, {"why": "OFF", **facts})
            elif not self.calendar.get_week(day)[day.weekday()] and self.calendar.is_working(day):
                self._open = None
                self.lines.append({"kind": LineKind.DAY_WORKED.value, "date": day.isoformat(), **facts})
            return
        if not self.calendar.is_working(day):
            self._skip(day, {"why": "WEEKLY"})

    def _skip(self, day: date, facts: Line) -> None:
        """One line for a stretch of days in a row with the same reason."""
        line = self._open
        if (
            line is not None
            and line["to"] == (day - timedelta(days=1)).isoformat()
            and facts.items() <= line.items()
        ):
            line["to"] = day.isoformat()
            return
        self._open = {
            "kind": LineKind.DAY_SKIPPED.value,
            "date": day.isoformat(),
            "to": day.isoformat(),
            **facts,
        }
        self.lines.append(self._open)

    def move_last_day(self, day: date, to: date) -> None:
        self.lines.append(
            {"kind": LineKind.LAST_DAY_MOVED.value, "date": day.isoformat(), "to": to.isoformat()}
        )


def moment(value: datetime) -> str:
    return value.astimezone(ZONE).isoformat()


def pause_line(since: datetime, until: datetime | None, reason: str, ground: str, minutes: int) -> Line:
    return {
        "kind": LineKind.PAUSE.value,
        "at": moment(since),
        "to": None if until is None else moment(until),
        "reason": str(reason),
        "ground": ground,
        "minutes": minutes,
    }


def with_open_pause(explanation: list[Line], since: datetime, reason: str, ground: str) -> list[Line]:
    """The same explanation for a clock that was just paused, as reckon would tell it; the due date is provisional."""
    last = (LineKind.YEAR_UNPUBLISHED, LineKind.DUE)
    told = [line for line in explanation if line["kind"] not in last]
    rest = [line for line in explanation if line["kind"] in last]
    return [*told, pause_line(since, None, reason, ground, 0), *rest]
