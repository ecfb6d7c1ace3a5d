from apps.reporting.services.counting import DAYS, count_durations

__all__ = ["DAYS", "count_durations"]
