"""Money that has come in."""

from datetime import datetime

from apps.fees import errors
from apps.fees.enums import PaymentMethod
from apps.fees.models import FeeLine, Payment
from apps.fees.selectors import get_fees
from apps.fees.services.exempting import require_decided
from kernel.actors import Actor
from kernel.commands import command
from kernel.money import format_vnd


@command
def record_payment(
    *, subject_id: int, amount: int, method: str, receipt_no: str, key: str, by: Actor, now: datetime
) -> bool:
    """Record a payment in đồng; False where the same ``key`` was recorded before. Never more than is owed.

    Raises PaymentAmountInvalid, PaymentMethodUnknown, ReceiptNumberMissing,
    PaymentExceedsOutstanding, PaymentKeyReused (same key, other money), ExemptionUndecided.
    """
    if amount <= 0:
        raise errors.PaymentAmountInvalid(field="amount")
    if method not in PaymentMethod.values:
        raise errors.PaymentMethodUnknown(field="method", value=method)
    if not receipt_no.strip():
        raise errors.ReceiptNumberMissing(field="receipt_no")
    # The lines are the lock: two cashiers at once cannot both take the last đồng.
    list(FeeLine.objects.select_for_update().filter(subject_id=subject_id).values_list("id"))
    known = Payment.objects.filter(subject_id=subject_id, key=key).first()
    if known is not None:
        if (known.amount, known.receipt_number) != (amount, receipt_no.strip()):
            raise errors.PaymentKeyReused(field="key")
        return False
    require_decided(subject_id=subject_id)
    outstanding = get_fees(subject_id=subject_id).outstanding
    if amount > outstanding:
        raise errors.PaymentExceedsOutstanding(field="amount", amount=format_vnd(outstanding))
    Payment.objects.create(
        subject_id=subject_id,
        key=key,
        amount=amount,
        method=method,
        receipt_number=receipt_no.strip(),
        paid_at=now,
        recorded_by_kind=by.kind,
        recorded_by_id=by.id,
        recorded_by_name=by.name,
    )
    return True
