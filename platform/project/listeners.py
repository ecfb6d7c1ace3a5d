"""From an event to the room that acts on it, where neither may know the other. Safe to run twice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from apps.deadlines import selectors as deadlines
from apps.dossiers import selectors as dossiers
from apps.dossiers import services as spine
from apps.dossiers.enums import Action
from apps.notifications import services as notifications
from apps.notifications.enums import MessageKind
from apps.workflow import services as workflow
from kernel.actors import Actor, ActorKind

# What the applicant is told of. A move that is not here is the agency's own business.
_TOLD: dict[str, MessageKind] = {
    Action.ACCEPT: MessageKind.ACCEPTED,
    Action.REFUSE_INTAKE: MessageKind.REFUSED,
    Action.REQUEST_SUPPLEMENT: MessageKind.SUPPLEMENT_ASKED,
    Action.REQUEST_PAYMENT: MessageKind.PAYMENT_ASKED,
    Action.APPROVE_WITHDRAWAL: MessageKind.STOPPED,
    Action.STOP: MessageKind.STOPPED,
    Action.FINISH: MessageKind.FINISHED,
    Action.RETURN_RESULT: MessageKind.RETURNED,
}


def tell_of_submission(*, event_id: UUID, payload: dict[str, Any], now: datetime) -> None:
    _tell(event_id, payload["dossier_id"], MessageKind.SUBMITTED, now)


def tell_of_move(*, event_id: UUID, payload: dict[str, Any], now: datetime) -> None:
    kind = _TOLD.get(payload["action"])
    if kind is not None:
        _tell(event_id, payload["dossier_id"], kind, now)


def _tell(event_id: UUID, dossier_id: int, kind: MessageKind, now: datetime) -> None:
    contact = dossiers.find_contact(dossier_id=dossier_id)
    if contact is None:
        return
    notifications.tell(
        event_id=event_id,
        subject_id=dossier_id,
        kind=kind,
        code=contact.code,
        to_email=contact.email,
        locale=contact.locale,
        now=now,
    )


def hand_over_work(*, event_id: UUID, payload: dict[str, Any], now: datetime) -> None:
    """The open steps of somebody who left go to the successor, or back to their unit."""
    by = Actor(kind=ActorKind.STAFF, id=payload["by_id"], name=payload["by_name"])
    workflow.hand_over(from_user_id=payload["user_id"], to_user_id=payload["hand_over_to"], by=by, now=now)


def take_over_due_date(*, event_id: UUID, payload: dict[str, Any], now: datetime) -> None:
    """A due date that moved because the calendar changed. The clock is asked anew: events may come late or twice."""
    due = deadlines.get_dues([payload["subject_id"]]).get(payload["subject_id"])
    if due is not None:
        spine.take_over_due_date(dossier_id=payload["subject_id"], due_at=due.due_at)
