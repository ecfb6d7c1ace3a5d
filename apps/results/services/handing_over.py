"""The results go into somebody's hands."""

from datetime import datetime

from apps.results import errors
from apps.results.enums import ActKind, HandOverMethod
from apps.results.models import Act, HandOver, Result
from kernel.actors import Actor
from kernel.commands import command
from kernel.vietnamese import clean


@command
def hand_over(
    *,
    subject_id: int,
    method: str,
    receiver_name: str,
    receiver_identity: str,
    proof: str,
    by: Actor,
    now: datetime,
) -> HandOver:
    """Deliver everything that is issued and not delivered yet. Each way has its own proof:
    at the desk the receiver's identity number, by post the post's code, online the receipt of delivery.

    Raises HandOverMethodUnknown, ReceiverMissing, ProofMissing, NothingToHandOver.
    """
    if method not in HandOverMethod.values:
        raise errors.HandOverMethodUnknown(field="method", value=method)
    receiver_name, receiver_identity, proof = clean(receiver_name), clean(receiver_identity), clean(proof)
    if not receiver_name or (method == HandOverMethod.DESK and not receiver_identity):
        raise errors.ReceiverMissing(field="receiver_name")
    if method != HandOverMethod.DESK and not proof:
        raise errors.ProofMissing(field="proof")
    waiting = list(
        Result.objects.select_for_update()
        .filter(subject_id=subject_id)
        .exclude(acts__kind=ActKind.DELIVER)
        .order_by("id")
    )
    if not waiting:
        raise errors.NothingToHandOver
    handed = HandOver.objects.create(
        subject_id=subject_id,
        method=method,
        receiver_name=receiver_name,
        receiver_identity=receiver_identity,
        proof_code=proof,
        handed_over_at=now,
        handed_over_by_kind=by.kind,
        handed_over_by_id=by.id,
        handed_over_by_name=by.name,
    )
    Act.objects.bulk_create(
        Act(
            result=result,
            kind=ActKind.DELIVER,
            done_at=now,
            done_by_name=by.name,
            evidence={"receiver": receiver_name, "method": method},
            hand_over=handed,
            recorded_at=now,
            recorded_by_kind=by.kind,
            recorded_by_id=by.id,
            recorded_by_name=by.name,
        )
        for result in waiting
    )
    return handed
