"""Dossiers for an integrator: everything the client may see, in a stable order."""

from datetime import datetime

from django.db.models import QuerySet

from apps.dossiers.models import Dossier
from apps.dossiers.selectors.visibility import visible
from kernel.actors import Actor


def list_for_client(
    *,
    by: Actor,
    procedure_code: str = "",
    status: int | None = None,
    code: str = "",
    submitted_from: datetime | None = None,
    submitted_to: datetime | None = None,
) -> QuerySet[Dossier]:
    """Unordered: the door pages it by id, which is the order of submission."""
    dossiers = Dossier.objects.filter(visible(by)).select_related("receiving_unit", "competent_unit")
    if procedure_code:
        dossiers = dossiers.filter(procedure_code=procedure_code)
    if status is not None:
        dossiers = dossiers.filter(status=status)
    if code:
        dossiers = dossiers.filter(code=code)
    if submitted_from is not None:
        dossiers = dossiers.filter(submitted_at__gte=submitted_from)
    if submitted_to is not None:
        dossiers = dossiers.filter(submitted_at__lt=submitted_to)
    return dossiers
