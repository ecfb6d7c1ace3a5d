"""Door 2: the nightly count."""

from datetime import datetime, timedelta

from django.db import transaction

from apps.dossiers.selectors import list_durations
from apps.reporting.models import ProcedureDuration

DAYS = 90


@transaction.atomic
def count_durations(*, now: datetime) -> int:
    """Of the DAYS days before ``now``; returns how many procedures. Safe to run twice.

    A procedure in which nothing was finished for so long has no row any more.
    """
    since = now - timedelta(days=DAYS)
    rows = [
        ProcedureDuration(
            procedure_code=one.procedure_code,
            dossiers=one.dossiers,
            median_seconds=one.median_seconds,
            ninth_seconds=one.ninth_seconds,
            since=since,
            until=now,
        )
        for one in list_durations(since=since, until=now)
    ]
    ProcedureDuration.objects.exclude(procedure_code__in=[row.procedure_code for row in rows]).delete()
    ProcedureDuration.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["procedure_code"],
        update_fields=["dossiers", "median_seconds", "ninth_seconds", "since", "until"],
    )
    return len(rows)
