"""A result comes into being: signed, numbered and issued, each with its own evidence."""

from datetime import date, datetime, time

from django.utils import timezone

from apps.results import errors
from apps.results.enums import ActKind
from apps.results.models import Act, Result
from kernel.actors import Actor
from kernel.commands import command
from kernel.ids import uuid7
from kernel.vietnamese import clean


@command
def record_result(
    *,
    subject_id: int,
    result_code: str,
    name: str,
    number: str,
    signed_by_name: str,
    signed_on: date,
    file_id: int | None,
    by: Actor,
    now: datetime,
) -> Result:
    """Enter a result with the acts that made it (NĐ 30/2020/NĐ-CP, Điều 13–15). Delivered it is not yet.

    Raises ResultIncomplete, SignedInTheFuture, ResultNumberTaken.
    """
    name, number, signed_by_name = clean(name), clean(number), clean(signed_by_name)
    if not (name and number and signed_by_name):
        raise errors.ResultIncomplete(field="number")
    if signed_on > timezone.localdate(now):
        raise errors.SignedInTheFuture(field="signed_on")
    same = Act.objects.filter(
        result__subject_id=subject_id,
        result__code=result_code,
        kind=ActKind.NUMBER,
        evidence__number=number,
    )
    if same.exists():
        raise errors.ResultNumberTaken(field="number", name=name, number=number)
    result = Result.objects.create(
        public_id=uuid7(),
        subject_id=subject_id,
        code=result_code,
        name=name,
        file_id=file_id,
        created_at=now,
    )
    signed_at = datetime.combine(signed_on, time(), tzinfo=timezone.get_default_timezone())
    Act.objects.bulk_create(
        [
            _act(
                result, ActKind.SIGN, signed_at, signed_by_name, {"signed_on": signed_on.isoformat()}, by, now
            ),
            _act(result, ActKind.NUMBER, now, by.name, {"number": number}, by, now),
            _act(result, ActKind.ISSUE, now, by.name, {}, by, now),
        ]
    )
    return result


def _act(
    result: Result,
    kind: ActKind,
    done_at: datetime,
    done_by: str,
    evidence: dict[str, str],
    by: Actor,
    now: datetime,
) -> Act:
    return Act(
        result=result,
        kind=kind,
        done_at=done_at,
        done_by_name=done_by,
        evidence=evidence,
        recorded_at=now,
        recorded_by_kind=by.kind,
        recorded_by_id=by.id,
        recorded_by_name=by.name,
    )
