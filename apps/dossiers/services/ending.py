"""Ends that are not a result: taken back by the applicant, or stopped."""

from datetime import datetime

from apps.deadlines import services as deadlines
from apps.documents import services as documents
from apps.dossiers.enums import Action
from apps.dossiers.errors import GroundMissing, ReasonMissing
from apps.dossiers.models import Dossier
from apps.dossiers.moving import check, lock, move
from apps.dossiers.papers import stop_data
from apps.dossiers.permissions import require
from apps.workflow import services as workflow
from kernel.actors import Actor
from kernel.commands import command


@command
def request_withdrawal(*, dossier_id: int, reason: str, by: Actor, now: datetime) -> Dossier:
    """Status 7: the applicant asks for the dossier back. The clock goes on until it is decided."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    dossier = lock(dossier_id)
    check(dossier, Action.REQUEST_WITHDRAWAL)
    require(by, Action.REQUEST_WITHDRAWAL, dossier)
    return move(
        dossier, Action.REQUEST_WITHDRAWAL, by=by, now=now, note=reason, withdrawal_from=dossier.status
    )


@command
def approve_withdrawal(*, dossier_id: int, by: Actor, now: datetime) -> Dossier:
    """The dossier ends; what was handed in goes back to the applicant."""
    dossier = lock(dossier_id)
    check(dossier, Action.APPROVE_WITHDRAWAL)
    require(by, Action.APPROVE_WITHDRAWAL, dossier)
    reason = "Rút hồ sơ theo yêu cầu của người nộp"
    _close(dossier, reason, by, now)
    return move(dossier, Action.APPROVE_WITHDRAWAL, by=by, now=now, end_reason=reason)


@command
def decline_withdrawal(*, dossier_id: int, reason: str, by: Actor, now: datetime) -> Dossier:
    """Back to where it was, with the reason."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    dossier = lock(dossier_id)
    check(dossier, Action.DECLINE_WITHDRAWAL, dossier.withdrawal_from)
    require(by, Action.DECLINE_WITHDRAWAL, dossier)
    return move(
        dossier,
        Action.DECLINE_WITHDRAWAL,
        by=by,
        now=now,
        back_to=dossier.withdrawal_from,
        note=reason,
        withdrawal_from=None,
    )


@command
def stop(*, dossier_id: int, reason: str, ground: str, by: Actor, now: datetime) -> Dossier:
    """Stop with form 05: reason and legal ground are obligatory."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if not ground.strip():
        raise GroundMissing(field="ground")
    dossier = lock(dossier_id)
    check(dossier, Action.STOP)
    require(by, Action.STOP, dossier)
    _close(dossier, reason, by, now)
    move(dossier, Action.STOP, by=by, now=now, note=reason, end_reason=reason, trace={"ground": ground})
    documents.issue(
        form="05",
        subject_id=dossier.id,
        unit_id=dossier.receiving_unit_id,
        data=stop_data(dossier, reason, ground, by),
        by=by,
        now=now,
    )
    return dossier


def _close(dossier: Dossier, reason: str, by: Actor, now: datetime) -> None:
    """Nothing runs on for a dossier that was accepted and is over; one that never was has nothing running."""
    if dossier.accepted_at is None:
        return
    deadlines.stop_clock(subject_id=dossier.id, at=now, by=by, now=now)
    workflow.cancel_run(subject_id=dossier.id, reason=reason, by=by, now=now)
