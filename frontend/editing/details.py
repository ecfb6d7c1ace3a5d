"""What is asked about one question of a form, and what was typed there, as keys of its definition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.forms.conditions import Condition, say
from apps.forms.kinds import PERSON_PARTS, kind_of, make_person, option_keys
from frontend.filling.reading import read_value, write_value

Typed = Mapping[str, str]
KIND_NAMES = {
    "text": gettext_lazy("Chữ, một dòng"),
    "long_text": gettext_lazy("Chữ, nhiều dòng"),
    "integer": gettext_lazy("Số nguyên"),
    "number": gettext_lazy("Số"),
    "money": gettext_lazy("Số tiền (đồng)"),
    "date": gettext_lazy("Ngày"),
    "choice": gettext_lazy("Chọn một"),
    "choices": gettext_lazy("Đánh dấu nhiều lựa chọn"),
    "yes_no": gettext_lazy("Có hoặc không"),
    "tick": gettext_lazy("Đánh dấu"),
    "identity": gettext_lazy("Số định danh cá nhân"),
    "phone": gettext_lazy("Số điện thoại"),
    "email": gettext_lazy("Thư điện tử"),
    "address": gettext_lazy("Địa chỉ (tỉnh, xã)"),
    "person": gettext_lazy("Một người"),
    "group": gettext_lazy("Nhóm lặp lại nhiều dòng"),
    "paper": gettext_lazy("Giấy tờ phải nộp"),
}
IN_ROWS = [kind for kind in KIND_NAMES if kind not in ("group", "paper")]
WIDTHS = [
    ("", gettext_lazy("theo loại")),
    ("full", gettext_lazy("cả dòng")),
    ("half", gettext_lazy("nửa dòng")),
    ("third", gettext_lazy("một phần ba")),
]
TESTS = [
    ("equals", gettext_lazy("là")),
    ("not", gettext_lazy("không phải là")),
    ("filled", gettext_lazy("đã điền")),
    ("empty", gettext_lazy("bỏ trống")),
    ("least", gettext_lazy("từ")),
    ("most", gettext_lazy("không quá")),
]
CONDITION_ROWS = 3
_NUMBERS = ("minimum", "maximum", "minLength", "maxLength", "maxItems", "minItems")


@dataclass(frozen=True, slots=True)
class ConditionRow:
    field: str
    test: str
    value: str


@dataclass(frozen=True, slots=True)
class ConditionShown:
    """``kept``: in words, one that has more to it than the rows can show; it stays unless it is taken away."""

    rows: tuple[ConditionRow, ...]
    joint: str
    kept: str


def show_condition(condition: Condition | None, titles: Mapping[str, str]) -> ConditionShown:
    blank = (ConditionRow("", "equals", ""),) * CONDITION_ROWS
    if condition is None:
        return ConditionShown(blank, "all", "")
    joint = next((one for one in ("all", "any") if one in condition), "all")
    rows = [_row(one) for one in condition.get(joint, [condition])]
    if len(rows) > CONDITION_ROWS or None in rows:
        return ConditionShown(blank, joint, say(condition, titles))
    return ConditionShown((*(row for row in rows if row), *blank)[:CONDITION_ROWS], joint, "")


def _row(one: Condition) -> ConditionRow | None:
    if set(one) == {"not"} and "equals" in one["not"]:
        return ConditionRow(one["not"]["field"], "not", _text(one["not"]["equals"]))
    if "field" not in one or "in" in one:
        return None
    if "filled" in one:
        return ConditionRow(one["field"], "filled" if one["filled"] else "empty", "")
    test = next(key for key in ("equals", "least", "most") if key in one)
    return ConditionRow(one["field"], test, _text(one[test]))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    return write_value("number", value)


def read_condition(
    typed: Typed, at: str, before: Condition | None, kinds: Mapping[str, str]
) -> Condition | None:
    """From the rows named ``<at>.0.field`` …; without a row none, and one that the rows cannot show stays."""
    if typed.get(f"{at}.kept") == "1":
        return before
    parts = []
    for index in range(CONDITION_ROWS):
        field = typed.get(f"{at}.{index}.field", "")
        if field:
            parts.append(
                _condition(
                    field,
                    typed.get(f"{at}.{index}.test", "equals"),
                    typed.get(f"{at}.{index}.value", "").strip(),
                    kinds.get(field, "text"),
                )
            )
    if len(parts) > 1:
        return {"any" if typed.get(f"{at}.joint") == "any" else "all": parts}
    return parts[0] if parts else None


def _condition(field: str, test: str, text: str, kind: str) -> Condition:
    if test in ("filled", "empty"):
        return {"field": field, "filled": test == "filled"}
    if test in ("least", "most"):
        number = read_value("number", text)
        return {"field": field, test: _whole(number) if isinstance(number, float) else 0}
    value: Any = text
    if kind in ("yes_no", "tick"):
        value = text.casefold() in (_("Có").casefold(), "có", "yes", "1", "true", "")
    elif kind in ("integer", "money"):
        value = read_value(kind, text) if text else 0
    found: Condition = {"field": field, "equals": value}
    return {"not": found} if test == "not" else found


def _whole(number: float) -> int | float:
    return int(number) if number.is_integer() else number


def read_details(
    typed: Typed, before: dict[str, Any], kinds: Mapping[str, str]
) -> tuple[dict[str, Any], bool]:
    """Keys to be written over the definition (None takes one away), and whether an answer is required."""
    kind = kind_of(before)
    keys: dict[str, Any] = {
        "title": typed.get("f.title", "").strip()[:500],
        "x-title-en": typed.get("f.title_en", "").strip()[:500] or None,
        "description": typed.get("f.help", "").strip()[:2000] or None,
        "x-width": typed.get("f.width") or None,
        "x-when": read_condition(typed, "when", before.get("x-when"), kinds),
        "x-required-when": read_condition(typed, "needed", before.get("x-required-when"), kinds),
    }
    if typed.get("f.section"):
        keys["x-section"] = typed["f.section"]
    for name in _NUMBERS:
        if f"f.{name}" in typed:
            keys[name] = _number(typed[f"f.{name}"], before.get(name))
    for name in ("pattern", "default"):
        if f"f.{name}" in typed:
            keys[name] = typed[f"f.{name}"].strip()[:300] or None
    options = [line.strip()[:300] for line in typed.get("f.options", "").splitlines() if line.strip()]
    if kind == "choices":
        keys |= option_keys(options)
    if kind == "choice":
        keys["enum"] = options
        keys["x-look"] = "radio" if typed.get("f.radio") == "1" else None
    if kind == "person":
        keys |= _parts(typed, before)
    if kind == "paper":
        keys["x-component"] = typed.get("f.component", "")
    return keys, typed.get("f.required") == "1"


def _number(text: str, before: Any) -> Any:
    text = text.strip()
    if not text:
        return None
    number = read_value("number", text)
    return _whole(number) if isinstance(number, float) else before


def _parts(typed: Typed, before: dict[str, Any]) -> dict[str, Any]:
    """What is asked of a person. Parts that stay keep the wording that they have."""
    asked = [part for part in PERSON_PARTS if part == "name" or typed.get(f"f.part.{part}") == "1"]
    fresh = make_person(title="x", parts=asked)
    known = before.get("properties", {})
    return {
        "properties": {name: known.get(name, schema) for name, schema in fresh["properties"].items()},
        "x-order": fresh["x-order"],
        "required": [name for name in before.get("required", ["name"]) if name in fresh["properties"]],
    }


def part_names() -> list[tuple[str, str]]:
    titles = make_person(title="x")["properties"]
    return [(part, str(titles[part]["title"])) for part in PERSON_PARTS]
