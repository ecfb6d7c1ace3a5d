from apps.deadlines.calendar_cache import forget_calendars
from apps.deadlines.calendar_facts import DayChange, HoursChange
from apps.deadlines.open_clocks import DueDateMove, preview_calendar_change, preview_rule_change
from apps.deadlines.services.calendar_days import (
    add_calendar_day,
    change_calendar,
    copy_national_days,
    remove_calendar_day,
    set_working_hours,
)
from apps.deadlines.services.clocks import start_clock, stop_clock
from apps.deadlines.services.extending import extend_clock
from apps.deadlines.services.pausing import pause_clock, resume_clock
from apps.deadlines.services.recomputing import RecomputeOutcome, recompute_after_calendar_change

__all__ = [
    "DayChange",
    "DueDateMove",
    "HoursChange",
    "RecomputeOutcome",
    "add_calendar_day",
    "change_calendar",
    "copy_national_days",
    "extend_clock",
    "forget_calendars",
    "pause_clock",
    "preview_calendar_change",
    "preview_rule_change",
    "recompute_after_calendar_change",
    "remove_calendar_day",
    "resume_clock",
    "set_working_hours",
    "start_clock",
    "stop_clock",
]
