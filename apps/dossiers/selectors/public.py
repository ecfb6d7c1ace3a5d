"""What a citizen sees with code and secret, and nobody with the code alone."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from apps.dossiers.enums import Status
from apps.dossiers.models import Dossier, Supplement


@dataclass(frozen=True, slots=True)
class PublicStatus:
    dossier_id: int
    code: str
    procedure_id: int
    procedure_code: str
    procedure_name: str
    status: Status
    submitted_at: datetime
    status_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None
    end_reason: str
    receiving_unit_name: str
    receiving_unit_address: str
    receiving_unit_phone: str
    competent_unit_name: str
    missing_papers: tuple[str, ...]  # what a supplement asks for, while it is open
    missing_reason: str


def find_public_status(*, code: str, secret: str) -> PublicStatus | None:
    """None for an unknown code and for a wrong secret alike; both cost the same comparison."""
    dossier = (
        Dossier.objects.select_related("receiving_unit", "competent_unit")
        .filter(code=code.strip().upper())
        .first()
    )
    known = dossier.secret if dossier else "-" * 8
    if not secrets.compare_digest(known.encode(), secret.strip().upper().encode()) or dossier is None:
        return None
    asked = None
    if dossier.status == Status.AWAITING_SUPPLEMENT:
        asked = Supplement.objects.filter(dossier=dossier, received_at__isnull=True).first()
    return PublicStatus(
        dossier_id=dossier.id,
        code=dossier.code,
        procedure_id=dossier.procedure_id,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        status=Status(dossier.status),
        submitted_at=dossier.submitted_at,
        status_at=dossier.status_at,
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
        ended_at=dossier.ended_at,
        end_reason=dossier.end_reason,
        receiving_unit_name=dossier.receiving_unit.name,
        receiving_unit_address=dossier.receiving_unit.address,
        receiving_unit_phone=dossier.receiving_unit.phone,
        competent_unit_name=dossier.competent_unit.name,
        missing_papers=tuple(asked.items) if asked else (),
        missing_reason=asked.reason if asked else "",
    )
