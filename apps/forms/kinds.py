"""The kinds of field that a form may have, each with the JSON Schema of what it accepts. Pure.

A definition is JSON Schema draft 2020-12; what the screen needs stands beside
it in ``x-`` keywords (docs/forms.md). Compound kinds (``person``, ``address``)
write their parts out when a field is made: answers stay readable by the
version they were given under, whatever a later release makes of the kind.
"""

from collections.abc import Iterable
from typing import Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FIELD_NAME = r"[a-z][a-z0-9_]{0,59}"
MOST_ROWS = 50
LONGEST_TEXT = 10_000

# What a field of a kind accepts. A field's own keywords (minimum, maxLength, …) come on top.
KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1, "maxLength": 250},
    "long_text": {"type": "string", "minLength": 1, "maxLength": 2000},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer", "minimum": 0},
    "number": {"type": "number", "minimum": 0},
    "money": {"type": "integer", "minimum": 0, "maximum": 1_000_000_000_000_000},
    "yes_no": {"type": "boolean"},
    "tick": {"const": True},  # ticked is true, not ticked is no answer
    "choice": {"type": "string"},
    "choices": {"type": "array", "minItems": 1, "uniqueItems": True},  # of those below ``items.enum``
    "identity": {"type": "string", "pattern": "^[0-9]{12}$"},  # personal identification number
    "phone": {"type": "string", "pattern": r"^(\+84|0)[0-9]{9,10}$"},
    "email": {"type": "string", "format": "email", "maxLength": 254},
    "address": {"type": "object"},
    "person": {"type": "object"},
    "group": {"type": "array"},
    "paper": {},  # points at a component of the case; it is handed in with the papers and has no answer
}
SHORT_KINDS = frozenset(
    {"date", "integer", "number", "money", "yes_no", "choice", "identity", "phone", "email"}
)
TEXT_KINDS = frozenset({"text", "long_text"})

ADDRESS_PARTS: dict[str, dict[str, Any]] = {
    "province_code": {"type": "string", "maxLength": 35, "title": "Mã tỉnh, thành phố"},
    "province_name": {**KINDS["text"], "title": "Tỉnh, thành phố"},
    "commune_code": {"type": "string", "maxLength": 35, "title": "Mã xã, phường, đặc khu"},
    "commune_name": {**KINDS["text"], "title": "Xã, phường, đặc khu"},
    "detail": {**KINDS["text"], "title": "Số nhà, đường, thôn, tổ dân phố"},
}
SOURCES = ("TYPED", "SUBMITTER", "EARLIER", "DECLARED", "DATABASE")
_PERSON_PARTS: dict[str, dict[str, Any]] = {
    "name": {**KINDS["text"], "maxLength": 200, "title": "Họ, chữ đệm, tên", "x-kind": "text"},
    "identity_number": {**KINDS["identity"], "title": "Số định danh cá nhân", "x-kind": "identity"},
    "birth_date": {**KINDS["date"], "title": "Ngày sinh", "x-kind": "date"},
    "sex": {**KINDS["choice"], "enum": ["Nam", "Nữ"], "title": "Giới tính", "x-kind": "choice"},
    "document_type": {
        **KINDS["choice"],
        "enum": ["Thẻ căn cước", "Giấy chứng nhận căn cước", "Hộ chiếu", "Giấy tờ khác"],
        "title": "Giấy tờ tùy thân",
        "x-kind": "choice",
    },
    "document_number": {**KINDS["text"], "maxLength": 50, "title": "Số giấy tờ", "x-kind": "text"},
    "nationality": {
        **KINDS["text"],
        "title": "Quốc tịch",
        "default": "Việt Nam",
        "x-kind": "text",
        "x-width": "half",
    },
    "ethnicity": {**KINDS["text"], "title": "Dân tộc", "x-kind": "text", "x-width": "half"},
}
PERSON_PARTS = (*_PERSON_PARTS, "residence")


def make_field(kind: str, *, title: str, own: dict[str, Any] | None = None) -> dict[str, Any]:
    """The definition of a field of a simple kind. Raises KeyError for a kind that is none."""
    return {**KINDS[kind], **(own or {}), "title": title, "x-kind": kind}


def make_address(*, title: str, own: dict[str, Any] | None = None) -> dict[str, Any]:
    """Codes where the place is in the list of units, names always: a code alone says nothing in ten years."""
    return {
        "type": "object",
        "properties": {name: dict(part) for name, part in ADDRESS_PARTS.items()},
        "required": ["province_name", "commune_name"],
        "additionalProperties": False,
        **(own or {}),
        "title": title,
        "x-kind": "address",
    }


def make_person(
    *, title: str, parts: Iterable[str] = PERSON_PARTS, own: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The parts that this form asks of a person, in the usual order; the name always and required."""
    asked = {"name", *parts}
    properties = {name: dict(part) for name, part in _PERSON_PARTS.items() if name in asked}
    if "residence" in asked:
        properties["residence"] = make_address(title="Nơi cư trú")
    order = list(properties)
    properties["source"] = {"enum": list(SOURCES), "title": "Nguồn"}
    return {
        "type": "object",
        "properties": properties,
        "required": ["name"],
        "additionalProperties": False,
        "x-order": order,
        **(own or {}),
        "title": title,
        "x-kind": "person",
    }


def make_group(
    *,
    title: str,
    fields: dict[str, dict[str, Any]],
    required: Iterable[str] = (),
    most: int = 5,
    own: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Rows of the same fields, at most ``most``."""
    items = {
        "type": "object",
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
        "minProperties": 1,
        "x-order": list(fields),
    }
    return {
        "type": "array",
        "items": items,
        "maxItems": most,
        **(own or {}),
        "title": title,
        "x-kind": "group",
    }


def options_of(schema: dict[str, Any]) -> list[Any]:
    """What may be chosen, of a field that takes one as of one that takes several."""
    items = schema.get("items")
    found = schema.get("enum") or (items.get("enum") if isinstance(items, dict) else None)
    return list(found) if isinstance(found, list) else []


def option_keys(options: list[str]) -> dict[str, Any]:
    """The keys of a definition that say them, for ``choices``."""
    return {"items": {"type": "string", "enum": options}}


def kind_of(schema: dict[str, Any]) -> str:
    """Also of an imported field that says nothing of the screen."""
    if "x-kind" in schema:
        return str(schema["x-kind"])
    if "enum" in schema:
        return "choice"
    if schema.get("format") == "date":
        return "date"
    if "enum" in (schema.get("items") or {}):
        return "choices"
    kinds = {"integer": "integer", "number": "number", "boolean": "yes_no", "array": "group"}
    return kinds.get(schema.get("type", "string"), "text")


def order_of(schema: dict[str, Any]) -> list[str]:
    """The names of an object's fields in the order of filling in: stored JSON keeps no order of keys."""
    names = schema["properties"]
    return [name for name in schema.get("x-order", sorted(names)) if name in names]
