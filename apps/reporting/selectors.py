"""Door 1: the figures as they were counted last."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.reporting.judging import Health, HealthView, judge
from apps.reporting.models import ProcedureDuration
from tenants.registry.reports import list_reports

__all__ = ["FEWEST", "DurationView", "Health", "HealthView", "find_duration", "list_health", "list_most_used"]

FEWEST = 10  # of fewer dossiers nothing is told: it would be the story of somebody, and of nobody else


@dataclass(frozen=True, slots=True)
class DurationView:
    dossiers: int
    median: timedelta
    ninth: timedelta
    until: datetime


def list_health(*, now: datetime) -> dict[int, HealthView]:
    """Of every tenant that has ever told of itself, by its key. One statement at the centre."""
    return {
        tenant_id: judge(Health.from_figures(report.figures), at=report.at, now=now)
        for tenant_id, report in list_reports().items()
    }


def list_most_used(*, limit: int = 10) -> list[str]:
    """Codes of the procedures in which most was finished lately, the first the most. One statement."""
    rows = ProcedureDuration.objects.order_by("-dossiers", "procedure_code")
    return list(rows.values_list("procedure_code", flat=True)[:limit])


def find_duration(code: str) -> DurationView | None:
    """None: not counted yet, or too few dossiers to speak of. One statement."""
    row = (
        ProcedureDuration.objects.filter(procedure_code=code, dossiers__gte=FEWEST)
        .values_list("dossiers", "median_seconds", "ninth_seconds", "until")
        .first()
    )
    if row is None:
        return None
    dossiers, median, ninth, until = row
    return DurationView(dossiers, timedelta(seconds=median), timedelta(seconds=ninth), until)
