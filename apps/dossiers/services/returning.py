"""The result: recorded with its evidence, and handed over with proof. Signed is not delivered."""

from dataclasses import dataclass
from datetime import date, datetime

from apps.accounts.enums import Duty
from apps.audit import services as audit
from apps.dossiers import errors
from apps.dossiers.enums import Action, Status
from apps.dossiers.models import Dossier
from apps.dossiers.moving import check, lock, move
from apps.dossiers.permissions import require
from apps.fees import selectors as fee_questions
from apps.fees.errors import FeeUnpaid
from apps.results import selectors as result_questions
from apps.results import services as results
from kernel.actors import Actor
from kernel.commands import command
from kernel.files import selectors as files
from kernel.money import format_vnd


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultIn:
    """The paper that is the result. ``file_id`` is the public id of its electronic form."""

    code: str
    name: str
    number: str
    signed_by_name: str
    signed_on: date
    file_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """``method`` is DESK, POST or ONLINE; ``proof`` is the post's code or the receipt of delivery."""

    method: str
    receiver_name: str
    receiver_identity: str = ""
    proof: str = ""


@command
def record_result(*, dossier_id: int, result: ResultIn, by: Actor, now: datetime) -> Dossier:
    """Enter a signed and numbered result, by the registry clerk of the competent unit."""
    dossier = lock(dossier_id)
    if dossier.status not in (Status.PROCESSING, Status.FINISHED):
        raise errors.StepsPaused(dossier=dossier.code, status=Status(dossier.status).label)
    if not by.may(
        Duty.REGISTRY_CLERK, unit_path=dossier.competent_unit.path, procedure=dossier.procedure_code
    ):
        raise errors.DutyMissing(action=Duty.REGISTRY_CLERK.label)
    file = _own_file(result.file_id, by)
    results.record_result(
        subject_id=dossier.id,
        result_code=result.code,
        name=result.name,
        number=result.number,
        signed_by_name=result.signed_by_name,
        signed_on=result.signed_on,
        file_id=file,
        by=by,
        now=now,
    )
    audit.record(
        by=by,
        action="RECORD_RESULT",
        subject_type="dossier",
        subject_id=dossier.id,
        now=now,
        after={"result": result.code, "number": result.number},
    )
    return dossier


def _own_file(public_id: str | None, by: Actor) -> int | None:
    if not public_id:
        return None
    found = files.find_own_files(public_ids=[public_id], by=by)
    if public_id not in found:
        raise errors.FileUnknown(field="file_id")
    return found[public_id]


@command
def return_result(*, dossier_id: int, hand_over: HandOver, by: Actor, now: datetime) -> Dossier:
    """Status 10, with who received it and how that can be proved.

    Lateness never blocks this; an unpaid fee that falls due on return does.
    Raises ResultMissing, FeeUnpaid, and what results.hand_over raises for a missing proof.
    """
    dossier = lock(dossier_id)
    check(dossier, Action.RETURN_RESULT)
    require(by, Action.RETURN_RESULT, dossier)
    if not result_questions.get_results(subject_id=dossier.id):
        raise errors.ResultMissing
    owed = fee_questions.get_fees(subject_id=dossier.id)
    if owed.outstanding:
        raise FeeUnpaid(amount=format_vnd(owed.outstanding))
    results.hand_over(
        subject_id=dossier.id,
        method=hand_over.method,
        receiver_name=hand_over.receiver_name,
        receiver_identity=hand_over.receiver_identity,
        proof=hand_over.proof,
        by=by,
        now=now,
    )
    return move(
        dossier, Action.RETURN_RESULT, by=by, now=now, trace={"method": hand_over.method}, due_at=None
    )
