"""Door 1: what is owed and what was paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from apps.fees.enums import ExemptionState
from apps.fees.models import Exemption, FeeLine, Payment


@dataclass(frozen=True, slots=True)
class LineView:
    key: str
    name: str
    kind: str
    unit_amount: int
    quantity: int
    total: int
    due: str
    legal_ground: str
    exempt_ground: str


@dataclass(frozen=True, slots=True)
class PaymentView:
    amount: int
    method: str
    receipt_number: str
    paid_at: datetime
    recorded_by_name: str


@dataclass(frozen=True, slots=True)
class ExemptionView:
    """``state`` of ExemptionState. Personal data."""

    group_key: str
    group_name: str
    legal_ground: str
    evidence: str
    state: str
    said_by_name: str
    said_at: datetime
    decided_by_name: str
    decided_at: datetime | None

    @property
    def label(self) -> str:
        return str(ExemptionState(self.state).label)

    @property
    def is_open(self) -> bool:
        return self.state == ExemptionState.CLAIMED

    @property
    def is_confirmed(self) -> bool:
        return self.state == ExemptionState.CONFIRMED


@dataclass(frozen=True, slots=True)
class FeesView:
    """Amounts in đồng."""

    lines: tuple[LineView, ...]
    payments: tuple[PaymentView, ...]
    total: int
    paid: int

    @property
    def outstanding(self) -> int:
        return self.total - self.paid


def get_fees(*, subject_id: int) -> FeesView:
    """One statement where nothing is owed, two otherwise."""
    lines = tuple(
        LineView(*row)
        for row in FeeLine.objects.filter(subject_id=subject_id)
        .order_by("id")
        .values_list(*LineView.__slots__)
    )
    if not lines:
        return FeesView((), (), 0, 0)
    payments = tuple(
        PaymentView(*row)
        for row in Payment.objects.filter(subject_id=subject_id)
        .order_by("id")
        .values_list(*PaymentView.__slots__)
    )
    return FeesView(
        lines, payments, sum(line.total for line in lines), sum(payment.amount for payment in payments)
    )


def find_exemption(*, subject_id: int) -> ExemptionView | None:
    """Which group its applicant is said to belong to, and what a clerk says to that."""
    row = Exemption.objects.filter(subject_id=subject_id).values_list(*ExemptionView.__slots__).first()
    return ExemptionView(*row) if row is not None else None


def sum_due(lines: Iterable[LineView], *, due: str) -> int:
    """What falls due at one moment of the life of a dossier, in đồng."""
    return sum(line.total for line in lines if line.due == due)
