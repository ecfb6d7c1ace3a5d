"""Dossiers for an integrator: everything the client may see, in a stable order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.dossiers.errors import CursorInvalid
from apps.dossiers.models import Dossier
from apps.dossiers.selectors.visibility import visible
from kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """``after`` is the cursor of the next page, or None at the end."""

    rows: tuple[Dossier, ...]
    after: UUID | None


def list_for_client(
    *,
    by: Actor,
    procedure_code: str = "",
    status: int | None = None,
    code: str = "",
    submitted_from: datetime | None = None,
    submitted_to: datetime | None = None,
    after: UUID | None = None,
    limit: int = 20,
) -> RegisterPage:
    """In the order of submission, from behind ``after``. Two statements. Raises CursorInvalid."""
    dossiers = Dossier.objects.filter(visible(by))
    if after is not None:
        place = dossiers.filter(public_id=after).values_list("id", flat=True)
        key = next(iter(place), None)
        if key is None:
            raise CursorInvalid(field="after")
        dossiers = dossiers.filter(id__gt=key)
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
    found = list(dossiers.order_by("id")[: limit + 1])
    rows = tuple(found[:limit])
    return RegisterPage(rows, rows[-1].public_id if len(found) > limit else None)


def count_all() -> int:
    """Of the tenant. It counts the whole table: for a seeding or an import, never for a page."""
    return Dossier.objects.count()
