"""Writing down what is owed."""

from collections.abc import Iterable
from datetime import datetime

from apps.fees.assessment import AssessedLine
from apps.fees.models import FeeLine
from kernel.actors import Actor
from kernel.commands import command


@command
def open_fees(*, subject_id: int, lines: Iterable[AssessedLine], by: Actor, now: datetime) -> None:
    """One statement. The trail is the caller's, whose act this is."""
    FeeLine.objects.bulk_create(
        FeeLine(
            subject_id=subject_id,
            created_at=now,
            **{name: getattr(line, name) for name in AssessedLine.__slots__},
        )
        for line in lines
    )
