"""Help for the counter: who is this, what will it cost, when will it be due?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.accounts.enums import Duty
from apps.deadlines import selectors as deadlines
from apps.deadlines.selectors import DueDateView
from apps.dossiers.checking import find_case
from apps.dossiers.identity import clean_identity_number
from apps.dossiers.models import Draft, Party
from apps.fees import services as fees
from apps.fees.services import AssessedLine
from apps.organisations import selectors as organisations
from apps.procedures import selectors as procedures
from kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """As handed in last; personal data."""

    name: str
    kind: str
    identity_number: str
    birth_date: date | None
    phone: str
    email: str
    address: str


@dataclass(frozen=True, slots=True)
class IntakePreview:
    fees: tuple[AssessedLine, ...]
    due: DueDateView | None  # None until the case is chosen


def find_person(*, identity_number: str, by: Actor) -> KnownPerson | None:
    """From the newest dossier of the tenant; only for those who receive."""
    number = clean_identity_number(identity_number)
    if len(number) < 6 or not any(grant.duty in (Duty.RECEPTION, Duty.SUPPORT) for grant in by.grants):
        return None
    party = Party.objects.filter(identity_number=number).order_by("-id").first()
    if party is None:
        return None
    return KnownPerson(
        party.name,
        party.kind,
        party.identity_number,
        party.birth_date,
        party.phone,
        party.email,
        party.address,
    )


def preview_intake(
    *,
    procedure_code: str,
    case_code: str | None,
    channel: str,
    copies: int,
    receiving_unit_id: int,
    now: datetime,
    exempt_group: str | None = None,
) -> IntakePreview | None:
    """Fee and due date as they would be if the dossier were accepted at ``now``. None: no such procedure."""
    version = procedures.get_version_in_force(code=procedure_code, on=timezone.localdate(now))
    unit = organisations.find_leaf(receiving_unit_id)
    if version is None or unit is None:
        return None
    case = find_case(version.content, case_code)
    lines = fees.assess(
        fees=version.content["fees"],
        channel=channel,
        case=case["code"] if case else None,
        copies=copies,
        exempt_group=exempt_group,
    )
    due = None
    if case is not None:
        units = procedures.resolve_units(version_id=version.id, receiving_unit=unit)
        due = deadlines.preview_due(rule=case["limit"], unit_id=units["COMPETENT"], started_at=now, now=now)
    return IntakePreview(tuple(lines), due)


def find_draft(*, draft_id: UUID, by: Actor) -> dict[str, Any] | None:
    """What the author had typed; None for somebody else's."""
    return Draft.objects.filter(public_id=draft_id, user_id=by.id).values_list("content", flat=True).first()


def list_drafts(*, by: Actor, limit: int = 20) -> list[Draft]:
    return list(Draft.objects.filter(user_id=by.id).order_by("-saved_at")[:limit])
