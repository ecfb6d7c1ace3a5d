"""A dossier as a line of a list: what stands in each column, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from apps.deadlines import selectors as deadlines
from apps.deadlines.arithmetic import working_minutes_between
from apps.deadlines.working_calendar import Calendar
from apps.dossiers.enums import Status
from apps.dossiers.selectors import InboxRow
from apps.organisations.selectors import find_leaf
from frontend.filters import VIETNAM, date_short, distance

# Colour only where it means something: red is refusal, green done, grey waiting on somebody else.
TONES = {
    Status.NOT_ACCEPTED: "late",
    Status.AWAITING_SUPPLEMENT: "wait",
    Status.AWAITING_PAYMENT: "wait",
    Status.WITHDRAWAL_REQUESTED: "wait",
    Status.STOPPED: "wait",
    Status.FINISHED: "done",
    Status.RETURNED: "done",
}
RUNNING = frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.PROCESSING, Status.WITHDRAWAL_REQUESTED})


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """Everything is worded here, once a row: the template of a list only lays it out."""

    public_id: str
    code: str
    owner: str
    procedure: str
    unit: str
    status: str
    tone: str
    submitted: str
    due: str
    distance: str
    due_tone: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a row needs of the unit that decides; looked up once a page, not once a row."""

    name: str
    calendar: Calendar
    day_minutes: int
    whole_days: dict[date, int] = field(default_factory=dict)  # worked out once a page

    def minutes_between(self, since: datetime, until: datetime) -> int:
        """As working_minutes_between says; the days between are added up from what is known already."""
        first, last = since.astimezone(VIETNAM).date(), until.astimezone(VIETNAM).date()
        if first == last:
            return working_minutes_between(self.calendar, since, until)
        total = working_minutes_between(self.calendar, since, _midnight(first + _DAY))
        total += working_minutes_between(self.calendar, _midnight(last), until)
        day = first + _DAY
        while day < last:
            total += self._whole(day)
            day += _DAY
        return total

    def _whole(self, day: date) -> int:
        if day not in self.whole_days:
            self.whole_days[day] = sum(end - start for start, end in self.calendar.get_ranges(day))
        return self.whole_days[day]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)


def tone_of(status: int) -> str:
    return TONES.get(Status(status), "plain")


def place_of(unit_id: int, now: datetime) -> Place:
    unit, calendar = find_leaf(unit_id), deadlines.get_calendar(unit_id=unit_id)
    week = calendar.get_week(now.astimezone(VIETNAM).date())
    # Working minutes of a usual full day; 480 where no hours are entered.
    longest = max((sum(end - start for start, end in ranges) for ranges in week), default=0)
    return Place(unit.name if unit else "", calendar, longest or 480)


def minutes_left(*, due_at: datetime | None, status: int, place: Place, now: datetime) -> int | None:
    """Working minutes to the due date, negative when past; None where no clock runs."""
    if due_at is None or status not in RUNNING:
        return None
    if due_at >= now:
        return place.minutes_between(now, due_at)
    # Late outside working hours is late all the same: never shown as zero.
    return -max(place.minutes_between(due_at, now), 1)


def due_tone(minutes: int | None, place: Place) -> str:
    """Red when past, amber on the last working day."""
    if minutes is None:
        return "plain"
    return "late" if minutes < 0 else ("near" if minutes <= place.day_minutes else "plain")


def lines_of(rows: Iterable[InboxRow], now: datetime) -> list[Line]:
    rows = list(rows)
    places = {unit_id: place_of(unit_id, now) for unit_id in {row.competent_unit_id for row in rows}}
    statuses = {status.value: (str(status.label), tone_of(status)) for status in Status}
    return [_line(row, places[row.competent_unit_id], statuses[row.status], now) for row in rows]


def _line(row: InboxRow, place: Place, status: tuple[str, str], now: datetime) -> Line:
    minutes = minutes_left(due_at=row.due_at, status=row.status, place=place, now=now)
    return Line(
        public_id=str(row.public_id),
        code=row.code,
        owner=row.owner_name,
        procedure=row.procedure_name,
        unit=place.name,
        status=status[0],
        tone=status[1],
        submitted=date_short(row.submitted_at),
        due=date_short(row.due_at),
        distance=distance(minutes, place.day_minutes),
        due_tone=due_tone(minutes, place),
    )
