"""What a dossier costs, by the rules of its procedure. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.fees.enums import FeeDue, FeePer


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedLine:
    """Amounts in đồng. ``exempt_ground`` is empty unless the line is waived; then ``total`` is 0."""

    key: str
    code: str
    name: str
    kind: str
    unit_amount: int
    quantity: int
    total: int
    due: str
    legal_ground: str
    exempt_ground: str = ""


def assess(
    *,
    fees: Iterable[Mapping[str, Any]],
    channel: str,
    case: str | None,
    copies: int,
    exempt_group: str | None = None,
) -> list[AssessedLine]:
    """The lines that apply to this channel and case, in the order of the procedure.

    A rule without channel or case applies to all. A rule of amount 0 makes no
    line: a dossier without a fee never meets a payment screen.
    """
    return [
        _line(rule, copies, exempt_group)
        for rule in fees
        if rule.get("channel") in (None, channel) and rule.get("case") in (None, case) and rule["amount"] > 0
    ]


def _line(rule: Mapping[str, Any], copies: int, exempt_group: str | None) -> AssessedLine:
    quantity = copies if rule.get("per") == FeePer.COPY else 1
    group = next((one for one in rule.get("exempt_groups", ()) if one["key"] == exempt_group), None)
    # A group that pays less has a tariff of its own; only one that pays nothing is exempt.
    reduced = group.get("amount", 0) if group else 0
    amount = reduced or rule["amount"]
    exempt = group is not None and not reduced
    return AssessedLine(
        key=rule["key"],
        code=rule.get("code", ""),
        name=f"{rule['name']} ({group['name']})" if group and reduced else rule["name"],
        kind=rule["kind"],
        unit_amount=amount,
        quantity=quantity,
        total=0 if exempt else amount * quantity,
        due=rule.get("due", FeeDue.INTAKE),
        legal_ground=group["legal_ground"] if group and reduced else rule.get("legal_ground", ""),
        exempt_ground=group["legal_ground"] if group and exempt else "",
    )


def list_groups(
    *, fees: Iterable[Mapping[str, Any]], channel: str | None = None, case: str | None = None
) -> dict[str, str]:
    """Key → name of everybody who is spared something; of one channel or case, or of all."""
    return {
        group["key"]: group["name"]
        for rule in fees
        if channel is None or rule.get("channel") in (None, channel)
        if case is None or rule.get("case") in (None, case)
        for group in rule.get("exempt_groups", ())
    }
