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
        assess_line(rule, copies=copies, exempt_group=exempt_group)
        for rule in fees
        if rule.get("channel") in (None, channel) and rule.get("case") in (None, case) and rule["amount"] > 0
    ]


def assess_line(rule: Mapping[str, Any], *, copies: int, exempt_group: str | None) -> AssessedLine:
    """One rule for one dossier."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Somebody who is spared something. ``amounts``: (name of the fee, đồng a unit), 0 where nothing is paid."""

    key: str
    name: str
    legal_ground: str
    evidence: str
    amounts: tuple[tuple[str, int], ...]


def list_groups(
    *, fees: Iterable[Mapping[str, Any]], channel: str | None = None, case: str | None = None
) -> dict[str, Group]:
    """Everybody who is spared something, by key; of one channel or case, or of all."""
    found: dict[str, Group] = {}
    for rule in fees:
        if channel is not None and rule.get("channel") not in (None, channel):
            continue
        if case is not None and rule.get("case") not in (None, case):
            continue
        for group in rule.get("exempt_groups", ()):
            found[group["key"]] = _joined(found.get(group["key"]), group, rule["name"])
    return found


def list_choices(
    *, fees: Iterable[Mapping[str, Any]], channel: str | None = None, case: str | None = None
) -> list[Group]:
    """The groups that are worth asking for: where nothing is charged, nobody needs to be spared."""
    charged = [rule for rule in fees if rule["amount"] > 0]
    return list(list_groups(fees=charged, channel=channel, case=case).values())


def _joined(known: Group | None, group: Mapping[str, Any], fee_name: str) -> Group:
    """A group that several fees spare is one choice, with every ground and paper said once."""
    return Group(
        key=group["key"],
        name=known.name if known else group["name"],
        legal_ground=_once(known.legal_ground if known else "", group["legal_ground"]),
        evidence=_once(known.evidence if known else "", group.get("evidence", "")),
        amounts=(*(known.amounts if known else ()), (fee_name, group.get("amount", 0))),
    )


def _once(known: str, more: str) -> str:
    return known if not more or more in known.split("; ") else "; ".join(filter(None, (known, more)))
