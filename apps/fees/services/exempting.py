"""A group that is spared something: said by whoever hands in, decided by a clerk; the fee follows what is decided."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from apps.fees.assessment import Group, assess_line
from apps.fees.enums import ExemptionState
from apps.fees.errors import ExemptionAfterPayment, ExemptionUndecided
from apps.fees.models import Exemption, FeeLine
from apps.fees.selectors import get_fees
from kernel.actors import Actor
from kernel.commands import command
from kernel.money import format_vnd

_CHANGED = ["name", "unit_amount", "total", "legal_ground", "exempt_ground"]


@command
def record_exemption(
    *,
    subject_id: int,
    group: Group,
    said_by: Actor,
    now: datetime,
    decided_by: Actor | None = None,
    confirmed: bool = False,
) -> ExemptionState:
    """``decided_by`` has seen the papers; without one it is a claim, and the lines of the subject have to be whole.

    One statement. The trail is the caller's, whose act this is.
    """
    row = Exemption(subject_id=subject_id, **_said(group, said_by, now), state=ExemptionState.CLAIMED)
    if decided_by is not None:
        state = ExemptionState.CONFIRMED if confirmed else ExemptionState.DECLINED
        _decide(row, state, decided_by, now)
    row.save(force_insert=True)
    return ExemptionState(row.state)


@command
def decide_exemption(
    *, subject_id: int, rules: Iterable[Mapping[str, Any]], group: Group | None, by: Actor, now: datetime
) -> ExemptionState | None:
    """A clerk has looked: ``group`` is what the applicant belongs to, None for none of them.

    What was claimed is confirmed, declined, or put right; the lines are assessed anew by
    the ``rules`` that they came of. Returns what became of it, None where there is nothing to decide.
    Raises ExemptionAfterPayment.
    """
    row = Exemption.objects.select_for_update(of=("self",)).filter(subject_id=subject_id).first()
    if row is None and group is None:
        return None
    if row is None or (group is not None and row.group_key != group.key):
        kept = row.id if row else None
        assert group is not None  # noqa: S101 - without a row and without a group there was nothing to decide
        row = Exemption(id=kept, subject_id=subject_id, **_said(group, by, now))
    state = ExemptionState.CONFIRMED if group else ExemptionState.DECLINED
    _decide(row, state, by, now)
    row.save()
    _assess_anew(subject_id, rules, group.key if group else None)
    return state


def require_decided(*, subject_id: int, field: str = "") -> None:
    """Nobody takes money, or goes on, while it is open what is owed. Raises ExemptionUndecided."""
    claimed = Exemption.objects.filter(subject_id=subject_id, state=ExemptionState.CLAIMED)
    name = claimed.values_list("group_name", flat=True).first()
    if name is not None:
        raise ExemptionUndecided(field=field, group=name)


def _said(group: Group, by: Actor, now: datetime) -> dict[str, Any]:
    return {
        "group_key": group.key,
        "group_name": group.name,
        "legal_ground": group.legal_ground,
        "evidence": group.evidence,
        "said_by_kind": by.kind,
        "said_by_id": by.id,
        "said_by_name": by.name,
        "said_at": now,
    }


def _decide(row: Exemption, state: ExemptionState, by: Actor, now: datetime) -> None:
    row.state, row.decided_at = state, now
    row.decided_by_kind, row.decided_by_id, row.decided_by_name = by.kind, by.id, by.name


def _assess_anew(subject_id: int, rules: Iterable[Mapping[str, Any]], group_key: str | None) -> None:
    by_key = {rule["key"]: rule for rule in rules}
    lines = list(FeeLine.objects.select_for_update(of=("self",)).filter(subject_id=subject_id).order_by("id"))
    for line in lines:
        fresh = assess_line(by_key[line.key], copies=line.quantity, exempt_group=group_key)
        for column in _CHANGED:
            setattr(line, column, getattr(fresh, column))
    FeeLine.objects.bulk_update(lines, _CHANGED)
    fees = get_fees(subject_id=subject_id)
    if fees.paid > fees.total:
        raise ExemptionAfterPayment(
            field="exempt_group", paid=format_vnd(fees.paid), total=format_vnd(fees.total)
        )
