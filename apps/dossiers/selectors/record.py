"""One dossier, as the person who asks may see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from apps.audit import selectors as audit
from apps.dossiers.enums import Action, PartyRole, Status
from apps.dossiers.errors import DossierAbsent
from apps.dossiers.lifecycle import destination
from apps.dossiers.models import Component, Dossier, Party, Supplement
from apps.dossiers.permissions import may, may_see
from apps.fees import selectors as fees
from apps.results import selectors as results
from kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class MoveView:
    """``blocked`` is the reason why it cannot be done now, in words; None where it can."""

    action: Action
    blocked: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Where news of a dossier go. Personal data: for the message, not for logs."""

    code: str
    email: str
    locale: str
    procedure_name: str


# The most likely first: the order in which they stand beside the record.
_ORDER = (
    Action.ACCEPT,
    Action.RETURN_RESULT,
    Action.RECEIVE_SUPPLEMENT,
    Action.CONFIRM_PAYMENT,
    Action.APPROVE_WITHDRAWAL,
    Action.DECLINE_WITHDRAWAL,
    Action.REQUEST_SUPPLEMENT,
    Action.REQUEST_PAYMENT,
    Action.REFUSE_INTAKE,
    Action.REQUEST_WITHDRAWAL,
    Action.STOP,
)


def get_dossier(*, public_id: UUID | str, by: Actor) -> Dossier:
    """With its units. Raises DossierAbsent, also for one that exists and is none of the actor's business."""
    dossier = (
        Dossier.objects.select_related("receiving_unit", "competent_unit", "supporting_unit")
        .filter(public_id=public_id)
        .first()
    )
    if dossier is None or not may_see(by, dossier):
        raise DossierAbsent
    return dossier


def list_parties(*, dossier_id: int) -> dict[PartyRole, Party]:
    return {PartyRole(party.role): party for party in Party.objects.filter(dossier_id=dossier_id)}


def list_components(*, dossier_id: int) -> list[Component]:
    """In the order they were handed in, each with ``files`` and their stored file prefetched."""
    return list(
        Component.objects.filter(dossier_id=dossier_id).order_by("id").prefetch_related("files__file")
    )


def list_supplements(*, dossier_id: int) -> list[Supplement]:
    return list(Supplement.objects.filter(dossier_id=dossier_id).order_by("id"))


def list_timeline(*, dossier_id: int, after_id: int = 0, limit: int = 500) -> list[audit.EntryView]:
    """The trail of the dossier, oldest first."""
    return audit.list_entries(subject_type="dossier", subject_id=dossier_id, after_id=after_id, limit=limit)


def list_moves(*, dossier: Dossier, by: Actor) -> list[MoveView]:
    """The moves open to this person now. What is not theirs is absent; what is blocked says why."""
    moves = []
    for action in _ORDER:
        back_to = dossier.supplement_from if action == Action.RECEIVE_SUPPLEMENT else dossier.withdrawal_from
        if destination(Status(dossier.status), action, Status(back_to) if back_to else None) is None:
            continue
        if may(by, action, dossier):
            moves.append(MoveView(action, _blocked(action, dossier)))
    return moves


def _blocked(action: Action, dossier: Dossier) -> str | None:
    if action not in (Action.RETURN_RESULT, Action.CONFIRM_PAYMENT):
        return None
    if action == Action.RETURN_RESULT and not results.get_results(subject_id=dossier.id):
        return _("Chưa ghi nhận kết quả: văn thư cần vào số và nhập kết quả trước.")
    if fees.get_fees(subject_id=dossier.id).outstanding:
        return _("Còn phí, lệ phí chưa nộp.")
    return None


def find_contact(*, dossier_id: int) -> Contact | None:
    """The submitter's address for news, or None where there is no such dossier."""
    dossier = Dossier.objects.filter(id=dossier_id).first()
    if dossier is None:
        return None
    party = Party.objects.filter(dossier_id=dossier_id, role=PartyRole.SUBMITTER).first()
    return Contact(dossier.code, party.email if party else "", dossier.locale, dossier.procedure_name)


def is_late(dossier: Dossier, now: datetime) -> bool:
    """On time ⇔ the end of processing is not after the due date (QĐ 766/QĐ-TTg)."""
    return dossier.due_at is not None and (dossier.finished_at or now) > dossier.due_at
