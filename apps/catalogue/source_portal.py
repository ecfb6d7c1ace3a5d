"""The detail record of the portal, as its own JSON says it, made into the record that is imported (facts, 7.1). Pure.

Only what decides a procedure is taken over; steps, conditions and attachments are not. Names of keys that
the portal writes in more than one way are listed here with all of them. What has another shape than
expected is left as it is, so that the check of the record names it by its place.
"""

from collections.abc import Iterator
from typing import Any

_MARKS = frozenset({"executionMethods", "executionCases", "profileComponents"})
_LEVELS = {"ministry": "isMinistry", "province": "isProvince", "ward": "isWard", "vertical": "isVertical"}
_EXECUTING = ("departmentsExecutingDetails", "departmentsExecuting", "departmentExecutings",
              "unitGroupsExecutingDetails", "unitGroupsExecuting", "unitGroupExecutings")  # fmt: skip
_PROMULGATOR = ("departmentPromulgateDetails", "departmentPromulgateDetail", "departmentPromulgate")


def is_portal_record(record: object) -> bool:
    return isinstance(record, dict) and not _MARKS.isdisjoint(record)


def from_portal(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": raw.get("code"),
        "name": raw.get("name"),
        "field": _first(raw.get("categoriesDetails")),
        "promulgator": _promulgator(raw),
        "executing": [_name(one) for key in _EXECUTING for one in _list(raw.get(key))],
        "non_territorial": bool(raw.get("isNonTerritorial", False)),
        "levels": {name: bool(raw.get(key, False)) for name, key in _LEVELS.items()},
        "subjects": [_code(one) for one in _list(raw.get("subjectTypesDetails"))],
        "legal_basis": [_code(one) for one in _list(raw.get("legalBasisesDetails"))],
        "results": [_named(one) for one in _list(raw.get("resultsDetails"))],
        "channels": _each(raw.get("executionMethods", []), _channel),
        "cases": _each(raw.get("cases", []), _case),
        "documents": _each(list(_components(raw)), _document),
    }


def _components(raw: dict[str, Any]) -> Iterator[Any]:
    """Of the cases of execution; where there are none, of the cases, each paper once."""
    groups = _list(raw.get("executionCases")) or _list(raw.get("cases"))
    seen: list[Any] = []
    for component in _list(raw.get("profileComponents")):
        yield component
    for group in groups:
        for component in _list(group.get("profileComponents") if isinstance(group, dict) else None):
            if component not in seen:
                seen.append(component)
                yield component


def _channel(method: dict[str, Any]) -> dict[str, Any]:
    return {
        "method": method.get("submissionMethod"),
        "qty": _count(method.get("processingTime")),
        "unit": method.get("processingTimeUnit"),
        "note": method.get("description") or "",
        "fees": _each(method.get("fees") or [], _fee),
    }


def _fee(fee: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": fee.get("type"),
        "value": _count(fee.get("value")),
        "note": fee.get("description") or fee.get("attachment") or "",
    }


def _case(case: dict[str, Any]) -> dict[str, Any]:
    day = case.get("processingDay")
    day = day if isinstance(day, dict) else {}
    return {
        "code": case.get("code"),
        "name": case.get("name"),
        "qty": _count(day.get("qty")),
        "type": day.get("type"),
    }


def _document(component: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": component.get("code"),
        "name": component.get("name"),
        "original": _count(component.get("originalQty")),
        "copy": _count(component.get("copyQty")),
        "required": component.get("required", False),
    }


def _promulgator(raw: dict[str, Any]) -> Any:
    for key in _PROMULGATOR:
        found = raw.get(key)
        found = found[0] if isinstance(found, list) and found else found
        if isinstance(found, dict):
            return _named(found)
    if raw.get("departmentPromulgateName"):
        return {"code": raw.get("departmentPromulgateCode") or "", "name": raw["departmentPromulgateName"]}
    return None


def _first(rows: Any) -> Any:
    rows = _list(rows)
    return _named(rows[0]) if rows else None


def _named(row: Any) -> Any:
    return {"code": row.get("code") or "", "name": row.get("name")} if isinstance(row, dict) else row


def _name(row: Any) -> Any:
    return row.get("name") if isinstance(row, dict) else row


def _code(row: Any) -> Any:
    return row.get("code") if isinstance(row, dict) else row


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _each(rows: Any, make: Any) -> Any:
    return [make(row) if isinstance(row, dict) else row for row in rows] if isinstance(rows, list) else rows


def _count(value: Any) -> Any:
    """The portal writes 3, 3.0 and "3" for three."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.strip().isdecimal() and len(value) <= 12:
        return int(value)
    return value
