"""How much work there is: two numbers of a tenant, no dossier is named."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from apps.dossiers.lifecycle import OPEN, WITH_APPLICANT
from apps.dossiers.models import Dossier
from apps.organisations.enums import UnitKind


class Load(NamedTuple):
    """``overdue`` of the ``open`` ones: their time runs, with the officials, and has run out."""

    open: int
    overdue: int


def count_load(*, now: datetime) -> Load:
    """One statement. The platform's own probes are left out, as in every statistic."""
    found = Dossier.objects.filter(status__in=sorted(OPEN)).exclude(receiving_unit__kind=UnitKind.PROBE)
    counted = found.aggregate(
        open=Count("id"),
        overdue=Count("id", filter=Q(due_at__lt=now, status__in=sorted(OPEN - WITH_APPLICANT))),
    )
    return Load(**counted)
