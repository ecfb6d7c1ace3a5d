"""One record of the national database: what it must look like, and the draft content made of it."""

import re
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from apps.catalogue.content import Problem, shape_problems, text_problems
from apps.catalogue.source_portal import from_portal, is_portal_record
from apps.catalogue.source_reader import OLDER_MARK
from kernel.vietnamese import clean, fold

DEEPEST = 30  # a record of the portal is eight deep
_TEXT = {"type": ["string", "null"]}
_COUNT = {"type": ["integer", "null"], "minimum": 0, "maximum": 1_000_000_000}
_NAMED = {
    "type": "object",
    "required": ["code", "name"],
    "properties": {
        "code": {"type": "string", "maxLength": 100},
        "name": {"type": "string", "maxLength": 4000},
    },
}
_LIST_OF_TEXT = {"type": "array", "items": {"type": "string"}}

RECORD: dict[str, Any] = {
    "type": "object",
    "required": ["code", "name", "channels", "cases", "documents", "results"],
    "properties": {
        "code": {"type": "string", "pattern": r"^\s*[0-9]\.[0-9]{6}(\.[A-Z0-9]+)*\s*$", "maxLength": 60},
        "name": {"type": "string", "minLength": 1, "maxLength": 1000},
        "field": {"anyOf": [_NAMED, {"type": "null"}]},
        "promulgator": {"anyOf": [_NAMED, {"type": "null"}]},
        "executing": _LIST_OF_TEXT,
        "non_territorial": {"type": "boolean"},
        "levels": {"type": "object", "additionalProperties": {"type": "boolean"}},
        "subjects": _LIST_OF_TEXT,
        "legal_basis": _LIST_OF_TEXT,
        "results": {"type": "array", "items": _NAMED},
        "channels": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["method", "qty", "unit", "fees"],
                "properties": {
                    "method": {"enum": ["DIRECT", "ONLINE", "POSTAL"]},
                    "qty": _COUNT,
                    "unit": {"enum": ["WORKING_DAY", "DAY", "HOUR", "MONTH", "OTHER", None]},
                    "note": _TEXT,
                    "fees": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["type", "value"],
                            "properties": {
                                "type": {"enum": ["FEE", "SERVICE_FEE", "PRICE_LEVEL"]},
                                "value": _COUNT,
                                "note": _TEXT,
                            },
                        },
                    },
                },
            },
        },
        "cases": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "name", "qty", "type"],
                "properties": {
                    "code": {"type": "string", "minLength": 1, "maxLength": 100},
                    "name": {"type": "string", "minLength": 1},
                    "qty": _COUNT,
                    "type": {"enum": ["WORKING_DAY", "DAY", "HOUR", "MONTH", "OTHER", None]},
                },
            },
        },
        "documents": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "name", "original", "copy", "required"],
                "properties": {
                    "code": {"type": ["string", "null"], "maxLength": 100},
                    "name": {"type": "string", "minLength": 1},
                    "original": _COUNT,
                    "copy": _COUNT,
                    "required": {"type": "boolean"},
                },
            },
        },
    },
}
_SHAPE = Draft202012Validator(RECORD)
_NOT_KEY = re.compile(r"[^a-z0-9]+")
# Subject types of the portal: citizens, Vietnamese abroad, officials, foreigners; then enterprises,
# organisations, foreign-invested enterprises, co-operatives.
SUBJECTS = {
    **dict.fromkeys(("ĐT1", "DT12", "DT13", "ĐT4"), "CITIZEN"),
    **dict.fromkeys(("ĐT2", "ĐT9", "ĐT10", "DT11"), "BUSINESS"),
}
_FEE_KINDS = {"FEE": "FEE", "SERVICE_FEE": "SERVICE_FEE", "PRICE_LEVEL": "PRICE"}


def read_record(found: object) -> object:
    """The record that is imported, whichever of the known forms it came in."""
    return from_portal(found) if isinstance(found, dict) and is_portal_record(found) else found


def record_problems(record: object) -> list[Problem]:
    if isinstance(record, dict) and OLDER_MARK in record and "code" not in record:
        why = _(
            "bản ghi của dịch vụ LayThuTuc cũ không nêu mã thủ tục, số bản của giấy tờ và đơn vị của thời hạn,"
            " nên không nhập được; hãy lấy bản ghi chi tiết của cổng hiện nay"
        )
        return [Problem(".", "import.older_record", why)]
    if _is_too_deep(record):
        return [Problem(".", "import.too_deep", _("lồng quá {most} tầng").format(most=DEEPEST))]
    return [*text_problems(record), *shape_problems(_SHAPE, record)]


def _is_too_deep(record: object) -> bool:
    """By hand instead of by calls: what is nested to wear out the stack must not wear out this check."""
    level = [record]
    for _depth in range(DEEPEST):
        level = [
            one
            for node in level
            if isinstance(node, dict | list)
            for one in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return False
    return True


def is_usable(amount: int | None, unit: str | None) -> bool:
    """``1 OTHER`` and ``0 WORKING_DAY`` are no time limit (facts, 7.2)."""
    return bool(amount) and unit not in (None, "OTHER")


def limit_text(record: dict[str, Any], case: dict[str, Any]) -> str:
    """Every word of the source about the time of this case, for the person who confirms it."""
    parts = [f"{case['code']}: {case['qty']} {case['type']}"]
    for channel in record["channels"]:
        note = f" ({clean(channel['note'])})" if channel.get("note") else ""
        parts.append(f"{channel['method']}: {channel['qty']} {channel['unit']}{note}")
    return "; ".join(parts)[:4000]


def unique_cases(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The first of each code; the source repeats some."""
    found: dict[str, dict[str, Any]] = {}
    for case in record["cases"]:
        found.setdefault(case["code"], case)
    return list(found.values())


def to_content(record: dict[str, Any]) -> dict[str, Any]:
    """What the record says, in our form and unconfirmed. What it does not say is left out, never made up."""
    components = _components(record)
    content: dict[str, Any] = {
        "code": record["code"].strip(),
        "name": clean(record["name"]),
        "executing": "; ".join(clean(name) for name in record.get("executing", ()) if name.strip())[:4000],
        "level": _level(record.get("levels", {})),
        "subjects": sorted({SUBJECTS[s] for s in record.get("subjects", ()) if s in SUBJECTS}),
        "non_territorial": record.get("non_territorial", False),
        "channels": list(dict.fromkeys(channel["method"] for channel in record["channels"])),
        "cases": [_case(record, case, components) for case in unique_cases(record)],
        "components": components,
        "fees": _fees(record),
        "results": [{"code": r["code"], "name": clean(r["name"])[:1000]} for r in record["results"]],
        "legal_basis": [{"code": clean(code)[:100], "name": ""} for code in record.get("legal_basis", ())],
        "supplement_limit": 1,
        "slots": ["limit", "fee", "units", "component"],
    }
    for part in ("field", "promulgator"):
        named = record.get(part)
        if named and named["code"].strip():
            content[part] = {"code": named["code"].strip(), "name": clean(named["name"])}
    return content


def _level(levels: dict[str, bool]) -> str:
    """The lowest level that works on it: that is where the counter stands."""
    if levels.get("ward"):
        return "COMMUNE"
    return "PROVINCE" if levels.get("province") else "MINISTRY"


def _case(record: dict[str, Any], case: dict[str, Any], components: list[dict[str, Any]]) -> dict[str, Any]:
    limit: dict[str, Any] = {"source_text": limit_text(record, case), "confirmed": False}
    if is_usable(case["qty"], case["type"]):
        start = "NOW" if case["type"] == "HOUR" else "NEXT_DAY"
        limit |= {
            "amount": case["qty"],
            "unit": case["type"],
            "start": start,
            "cutoff": None,
            "legal_ground": "",
        }
    return {
        "code": case["code"],
        "name": clean(case["name"])[:1000],
        "limit": limit,
        "components": [component["key"] for component in components],
    }


def _components(record: dict[str, Any]) -> list[dict[str, Any]]:
    """With a quantity only: the others are notes that stand among the papers. The same paper twice is one."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    keys: set[str] = set()
    for document in record["documents"]:
        originals, copies = document["original"] or 0, document["copy"] or 0
        code, name = (document["code"] or "").strip(), clean(document["name"])[:2000]
        if originals + copies == 0 or (code, name) in found:
            continue
        key = _key(code or name, keys)
        found[code, name] = {
            "key": key,
            "code": code,
            "name": name,
            "originals": min(originals, 99),
            "copies": min(copies, 99),
            "required": document["required"],
            "note": "",
        }
    return list(found.values())


def _key(text: str, taken: set[str]) -> str:
    base = _NOT_KEY.sub("-", fold(text)).strip("-")[:50].strip("-") or "thanh-phan"
    key, count = base, 1
    while key in taken:
        count += 1
        key = f"{base}-{count}"
    taken.add(key)
    return key


def _fees(record: dict[str, Any]) -> list[dict[str, Any]]:
    fees = []
    for channel in record["channels"]:
        for index, fee in enumerate(channel["fees"], start=1):
            fees.append(
                {
                    "key": f"{fee['type'].lower().replace('_', '-')}-{channel['method'].lower()}-{index}",
                    "name": "Lệ phí" if fee["type"] == "SERVICE_FEE" else "Phí",
                    "kind": _FEE_KINDS[fee["type"]],
                    "channel": channel["method"],
                    "case": None,
                    "amount": fee["value"] or 0,
                    "per": "DOSSIER",
                    "due": "INTAKE",
                    "legal_ground": clean(fee.get("note") or "")[:4000],
                }
            )
    return fees
