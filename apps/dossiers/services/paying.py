"""Money that the applicant owes while the dossier is processed, and fees at the counter."""

from datetime import datetime

from apps.accounts.enums import Duty
from apps.audit import services as audit
from apps.deadlines import services as deadlines
from apps.dossiers import errors
from apps.dossiers.enums import Action
from apps.dossiers.models import Dossier
from apps.dossiers.moving import check, lock, move
from apps.dossiers.permissions import require
from apps.fees import selectors as fee_questions
from apps.fees import services as fees
from apps.fees.errors import FeeUnpaid
from apps.workflow import services as workflow
from kernel.actors import Actor
from kernel.commands import command
from kernel.money import format_vnd


@command
def request_payment(*, dossier_id: int, reason: str, ground: str, by: Actor, now: datetime) -> Dossier:
    """Status 6: the applicant has a financial obligation; the clock pauses on a legal ground."""
    if not reason.strip():
        raise errors.ReasonMissing(field="reason")
    if not ground.strip():
        raise errors.GroundMissing(field="ground")
    dossier = lock(dossier_id)
    check(dossier, Action.REQUEST_PAYMENT)
    require(by, Action.REQUEST_PAYMENT, dossier)
    deadlines.pause_clock(subject_id=dossier.id, reason="PAYMENT", ground=ground, by=by, now=now)
    return move(dossier, Action.REQUEST_PAYMENT, by=by, now=now, note=reason, trace={"ground": ground})


@command
def confirm_payment(*, dossier_id: int, receipt_no: str, by: Actor, now: datetime) -> Dossier:
    """The obligation is met: processing goes on, the paused time is given back. Raises FeeUnpaid."""
    if not receipt_no.strip():
        raise errors.ReceiptNumberMissing(field="receipt_no")
    dossier = lock(dossier_id)
    check(dossier, Action.CONFIRM_PAYMENT)
    require(by, Action.CONFIRM_PAYMENT, dossier)
    owed = fee_questions.get_fees(subject_id=dossier.id)
    if owed.outstanding:
        raise FeeUnpaid(amount=format_vnd(owed.outstanding))
    due = deadlines.resume_clock(subject_id=dossier.id, by=by, now=now)
    workflow.shift_dues(subject_id=dossier.id, paused_at=dossier.status_at, now=now)
    return move(
        dossier,
        Action.CONFIRM_PAYMENT,
        by=by,
        now=now,
        trace={"receipt_no": receipt_no},
        due_at=due.due_at,
    )


@command
def record_fee_payment(
    *, dossier_id: int, amount: int, method: str, receipt_no: str, key: str, by: Actor, now: datetime
) -> Dossier:
    """Money taken at the counter or by transfer. The same ``key`` twice is one payment."""
    dossier = lock(dossier_id)
    if not by.may(Duty.CASHIER, unit_path=dossier.receiving_unit.path, procedure=dossier.procedure_code):
        raise errors.DutyMissing(action=Duty.CASHIER.label)
    fees.record_payment(
        subject_id=dossier.id, amount=amount, method=method, receipt_no=receipt_no, key=key, by=by, now=now
    )
    audit.record(
        by=by,
        action="RECORD_PAYMENT",
        subject_type="dossier",
        subject_id=dossier.id,
        now=now,
        after={"amount": amount, "method": method, "receipt_no": receipt_no},
    )
    return dossier
