from apps.reporting.services.counting import DAYS, count_durations
from apps.reporting.services.health import report_health

__all__ = ["DAYS", "count_durations", "report_health"]
