from apps.deadlines.models.calendar_day import CalendarDay
from apps.deadlines.models.clock import Clock
from apps.deadlines.models.clock_extension import ClockExtension
from apps.deadlines.models.clock_pause import ClockPause
from apps.deadlines.models.clock_version import ClockVersion
from apps.deadlines.models.working_hours import WorkingHours

__all__ = ["CalendarDay", "Clock", "ClockExtension", "ClockPause", "ClockVersion", "WorkingHours"]
