"""A dossier as a line of a list: what stands in each column, in words."""

from dataclasses import dataclass
from datetime import datetime

from apps.deadlines import selectors as deadlines
from apps.deadlines.arithmetic import working_minutes_between
from apps.dossiers.enums import Channel, Status
from apps.dossiers.selectors import InboxRow
from apps.organisations.selectors import find_leaf
from frontend.filters import VIETNAM

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


@dataclass(frozen=True, slots=True)
class Line:
    public_id: str
    code: str
    owner: str
    procedure: str
    procedure_code: str
    status: str
    tone: str
    channel: str
    unit: str
    submitted_at: datetime
    due_at: datetime | None
    minutes: int | None
    day_minutes: int


def tone_of(status: int) -> str:
    return TONES.get(Status(status), "plain")


def minutes_left(*, due_at: datetime | None, status: int, unit_id: int, now: datetime) -> int | None:
    """Working minutes to the due date, negative when past; None where no clock runs."""
    if due_at is None or Status(status) not in RUNNING:
        return None
    calendar = deadlines.get_calendar(unit_id=unit_id)
    if due_at >= now:
        return working_minutes_between(calendar, now, due_at)
    # Late outside working hours is late all the same: never shown as zero.
    return -max(working_minutes_between(calendar, due_at, now), 1)


def day_minutes(*, unit_id: int, now: datetime) -> int:
    """Working minutes of a usual full day of the unit; 480 where no hours are entered."""
    week = deadlines.get_calendar(unit_id=unit_id).get_week(now.astimezone(VIETNAM).date())
    return max((sum(end - start for start, end in ranges) for ranges in week), default=0) or 480


def line_of(row: InboxRow, now: datetime) -> Line:
    unit = find_leaf(row.competent_unit_id)
    return Line(
        public_id=str(row.public_id),
        code=row.code,
        owner=row.owner_name,
        procedure=row.procedure_name,
        procedure_code=row.procedure_code,
        status=str(Status(row.status).label),
        tone=tone_of(row.status),
        channel=str(Channel(row.channel).label),
        unit=unit.name if unit else "",
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        minutes=minutes_left(due_at=row.due_at, status=row.status, unit_id=row.competent_unit_id, now=now),
        day_minutes=day_minutes(unit_id=row.competent_unit_id, now=now),
    )
