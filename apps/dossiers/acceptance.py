"""By when a dossier that was handed in must be answered."""

from datetime import datetime

from apps.deadlines.arithmetic import add_working_hours
from apps.deadlines.selectors import get_calendar
from apps.dossiers.codes import get_rules


def reckon_acceptance_due(*, unit_id: int, now: datetime) -> datetime:
    """The tenant's working hours to answer, eight unless changed, in the calendar of the counter (NĐ 45/2020/NĐ-CP)."""
    return add_working_hours(get_calendar(unit_id=unit_id), now, get_rules().acceptance_hours)
