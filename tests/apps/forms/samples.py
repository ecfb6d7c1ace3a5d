"""A form with everything that a form may have, and answers at random."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from apps.forms.compiling import Field, Form, prune
from apps.forms.kinds import (
    DIALECT,
    make_address,
    make_field,
    make_group,
    make_person,
    option_keys,
    options_of,
)


def everything() -> dict[str, Any]:
    """Sections, conditions in a chain, a person, an address, rows with a condition inside, a paper."""
    rows = {
        "name": make_field("text", title="Họ tên"),
        "is_foreign": make_field("tick", title="Người nước ngoài"),
        "nation": make_field("text", title="Nước", own={"x-when": {"field": "is_foreign", "equals": True}}),
    }
    at = {"x-section": "who"}
    properties = {
        "name": make_field("text", title="Họ, chữ đệm, tên", own=at),
        "sex": make_field("choice", title="Giới tính", own={"enum": ["Nam", "Nữ"], "x-look": "radio", **at}),
        "born": make_field("date", title="Ngày sinh", own={"x-width": "half", **at}),
        "married": make_field("yes_no", title="Đã kết hôn", own=at),
        "spouse": make_person(
            title="Vợ hoặc chồng", own={"x-when": {"field": "married", "equals": True}, **at}
        ),
        "children": make_field(
            "integer",
            title="Số con",
            own={"maximum": 20, "x-when": {"field": "spouse", "filled": True}, **at},
        ),
        "income": make_field("money", title="Thu nhập", own={"x-section": "what"}),
        "area": make_field("number", title="Diện tích", own={"x-section": "what"}),
        "reason": make_field(
            "long_text",
            title="Lý do",
            own={"x-section": "what", "x-required-when": {"field": "income", "most": 1000}},
        ),
        "lost": make_field(
            "choices",
            title="Giấy tờ bị mất",
            own={**option_keys(["Sổ hộ khẩu", "Giấy khai sinh", "Thẻ <căn cước>"]), "x-section": "what"},
        ),
        "lost_where": make_field(
            "text", title="Mất ở đâu", own={"x-section": "what", "x-when": {"field": "lost", "filled": True}}
        ),
        "home": make_address(title="Nơi ở", own={"x-section": "what"}),
        "phone": make_field("phone", title="Điện thoại", own={"x-section": "what"}),
        "email": make_field("email", title="Thư điện tử", own={"x-section": "what"}),
        "number": make_field("identity", title="Số định danh", own={"x-section": "what"}),
        "witnesses": make_group(
            title="Người làm chứng",
            fields=rows,
            required=["name", "nation"],
            most=3,
            own={"x-section": "seen"},
        ),
        "promise": make_field("tick", title="Cam đoan", own={"x-section": "seen"}),
        "proof": {
            "title": "Giấy ủy quyền",
            "x-kind": "paper",
            "x-component": "giay-uy-quyen",
            "x-section": "seen",
            "x-when": {"field": "promise", "filled": False},
        },
    }
    return {
        "$schema": DIALECT,
        "type": "object",
        "title": "Mẫu thử",
        "properties": properties,
        "required": ["name", "sex", "children", "promise", "proof"],
        "additionalProperties": False,
        "x-order": list(properties),
        "x-sections": [
            {"id": "who", "title": "Người khai", "x-title-en": "Who"},
            {"id": "what", "title": "Nội dung", "help": "Ghi theo giấy tờ."},
            {"id": "seen", "title": "Làm chứng", "when": {"field": "sex", "in": ["Nữ"]}},
        ],
    }


_WORDS = st.text("aáăâđeêioôơuưyAĐ 0-9.,'\"<&%", min_size=1, max_size=20).map(str.strip).filter(bool)
_SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "text": _WORDS,
    "long_text": st.lists(_WORDS, min_size=1, max_size=3).map("\n".join),
    "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat),
    "integer": st.integers(0, 25),
    "number": st.integers(0, 10**9).map(lambda many: many / 1000),
    "money": st.integers(0, 10**13),
    "yes_no": st.booleans(),
    "tick": st.just(True),
    "identity": st.from_regex("[0-9]{11,12}", fullmatch=True),
    "phone": st.from_regex("0[0-9]{9}", fullmatch=True),
    "email": st.just("a@b.vn"),
    "address": st.fixed_dictionaries(
        {"province_name": _WORDS, "commune_name": _WORDS}, optional={"detail": _WORDS}
    ),
}


def of_fields(fields: tuple[Field, ...], *, least: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Answers of the right shape; whether they are enough, or asked at all, is left to chance."""
    asked = {field.name: _of(field) for field in fields if field.kind != "paper"}
    return st.fixed_dictionaries({}, optional=asked).filter(lambda answers: len(answers) >= least)


def _of(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "choice":
        return st.sampled_from(field.schema["enum"])
    if field.kind == "choices":
        options = options_of(field.schema)
        return st.sets(st.sampled_from(options), min_size=1).map(lambda some: sorted(some, key=options.index))
    if field.kind == "person":
        return of_fields(field.fields, least=1)
    if field.kind == "group":
        return st.lists(of_fields(field.fields, least=1), min_size=1, max_size=field.rows[1])
    return _SIMPLE[field.kind]


def asked_only(form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    return prune(form.fields, answers)
