"""What in a source record only a person may decide: read, compared, never guessed (facts, 7.2)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.catalogue.enums import FindingKind
from apps.catalogue.source_record import SUBJECTS, is_usable, limit_text, unique_cases
from kernel.vietnamese import clean

LEAST_LIKELY_FEE = 1000  # đồng: below this a fee is a typing error (2.001610 says 100 for 100.000)


@dataclass(frozen=True, slots=True)
class Finding:
    kind: FindingKind
    place: str
    seen: dict[str, Any] = field(default_factory=dict)


def find_findings(record: dict[str, Any]) -> list[Finding]:
    findings = [
        *_about_limits(record),
        *_about_components(record),
        *_about_fees(record),
        *_about_agencies(record),
    ]
    return list({(finding.kind, finding.place): finding for finding in findings}.values())


def _about_limits(record: dict[str, Any]) -> Iterator[Finding]:
    if not record["cases"]:
        yield Finding(FindingKind.NO_USABLE_LIMIT, "cases")
    unusable = [c["method"] for c in record["channels"] if not is_usable(c["qty"], c["unit"])]
    if unusable:
        yield Finding(
            FindingKind.NO_USABLE_LIMIT,
            "channels",
            {"channels": unusable, "limits": [f"{c['qty']} {c['unit']}" for c in record["channels"]]},
        )
    for code, count in Counter(case["code"] for case in record["cases"]).items():
        if count > 1:
            yield Finding(FindingKind.DUPLICATE_CASE, f"cases[{code}]", {"times": count})
    for case in unique_cases(record):
        yield Finding(
            _limit_kind(record, case), f"cases[{case['code']}].limit", {"text": limit_text(record, case)}
        )


def _limit_kind(record: dict[str, Any], case: dict[str, Any]) -> FindingKind:
    if not is_usable(case["qty"], case["type"]):
        return FindingKind.NO_USABLE_LIMIT
    if any(
        _differs(case, other["qty"], other["type"])
        for other in record["cases"]
        if other["code"] == case["code"]
    ):
        return FindingKind.CONFLICTING_LIMITS
    if any(_differs(case, channel["qty"], channel["unit"]) for channel in record["channels"]):
        return FindingKind.CONFLICTING_LIMITS
    return FindingKind.LIMIT_UNCONFIRMED


def _differs(case: dict[str, Any], amount: int | None, unit: str | None) -> bool:
    """A free-text unit (OTHER) still contradicts by its number: 3 OTHER beside 8 working days."""
    if not amount:
        return False
    return amount != case["qty"] or unit not in (None, "OTHER", case["type"])


def _about_components(record: dict[str, Any]) -> Iterator[Finding]:
    documents = record["documents"]
    counted = [d for d in documents if (d["original"] or 0) + (d["copy"] or 0) > 0]
    if not counted:
        yield Finding(FindingKind.NO_COMPONENTS, "components", {"listed": len(documents)})
    elif not any(document["required"] for document in counted):
        yield Finding(FindingKind.ALL_COMPONENTS_OPTIONAL, "components", {"count": len(counted)})
    for index, document in enumerate(documents):
        if document not in counted:
            yield Finding(
                FindingKind.ZERO_QUANTITY,
                f"documents[{index}]",
                {"code": document["code"], "name": clean(document["name"])[:500]},
            )
    for code, count in Counter(d["code"] for d in counted if d["code"]).items():
        if count > 1:
            names = {clean(d["name"])[:500] for d in counted if d["code"] == code}
            yield Finding(
                FindingKind.DUPLICATE_COMPONENT,
                f"components[{code}]",
                {"times": count, "names": sorted(names)},
            )


def _about_fees(record: dict[str, Any]) -> Iterator[Finding]:
    by_method: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for channel in record["channels"]:
        by_method[channel["method"]] += channel["fees"]
    for method, fees in by_method.items():
        place = f"fees[{method}]"
        amounts = [fee["value"] or 0 for fee in fees]
        seen = {"amounts": amounts, "notes": [clean(fee.get("note") or "")[:500] for fee in fees]}
        if not fees:
            yield Finding(FindingKind.FEE_NOT_STATED, place)
        if 0 in amounts:
            yield Finding(FindingKind.ZERO_FEE, place, seen)
        if len(fees) > 1:
            yield Finding(FindingKind.SEVERAL_FEES, place, seen)
        if any(0 < amount < LEAST_LIKELY_FEE for amount in amounts):
            yield Finding(FindingKind.UNLIKELY_FEE, place, seen)


def _about_agencies(record: dict[str, Any]) -> Iterator[Finding]:
    named = record.get("field")
    if not named or not named["code"].strip():
        yield Finding(FindingKind.FIELD_MISSING, "field")
    if not any(name.strip() for name in record.get("executing", ())):
        yield Finding(FindingKind.EXECUTING_MISSING, "executing")
    levels = [name for name, yes in record.get("levels", {}).items() if yes]
    if len(levels) != 1:
        yield Finding(FindingKind.LEVEL_UNCLEAR, "level", {"levels": levels})
    if not SUBJECTS.keys() & set(record.get("subjects", ())):
        yield Finding(FindingKind.SUBJECTS_UNCLEAR, "subjects", {"codes": record.get("subjects", [])})
