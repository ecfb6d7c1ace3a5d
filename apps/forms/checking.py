"""Is this definition of a form sound? Every problem by its place. Pure.

Only the keywords listed here are let in: what a form may say is decided, not
what it may not. So no reference leads anywhere, nothing refers to itself, and
no expression can blow up (patterns.py).
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from apps.forms import kinds
from apps.forms.condition_check import condition_problems, list_circles
from apps.forms.kinds import KINDS, kind_of, options_of
from apps.forms.patterns import PatternRefused, compile_pattern

MOST_BYTES = 256 * 1024
MOST_FIELDS = 300
MOST_PROBLEMS = 200  # that are told of what is no schema
DEEPEST = 14  # of the JSON: a choice of an address of a person of a group stands at 12
_META = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_NO_FORM = frozenset({"form_not_a_schema", "form_not_an_object"})  # of such a thing no field can be asked for
_REFERENCES = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
_ROOT = frozenset(
    {"$schema", "type", "title", "x-title-en", "description", "properties", "required"}
    | {"additionalProperties", "x-order", "x-sections"}
)
_SCREEN = frozenset(
    {"title", "x-title-en", "description", "default", "x-kind", "x-section", "x-width", "x-look"}
    | {"x-when", "x-required-when", "x-component"}
)
_RULES = frozenset(
    {"type", "minLength", "maxLength", "pattern", "format", "enum", "const", "minimum", "maximum"}
    | {"multipleOf", "properties", "required", "additionalProperties", "minProperties", "items"}
    | {"minItems", "maxItems", "uniqueItems", "x-order"}
)
_WIDTHS = ("full", "half", "third")
_PARTS = {"person": {*kinds.PERSON_PARTS, "source"}, "address": set(kinds.ADDRESS_PARTS)}


@dataclass(frozen=True, slots=True)
class FormProblem:
    """``place`` from the definition: ``properties.child_name.pattern``; ``.`` is the form itself."""

    place: str
    code: str
    sentence: str | Promise


def definition_problems(form: object, *, components: Iterable[str] = ()) -> list[FormProblem]:
    """Everything that keeps ``form`` from being used; ``components``: keys of the papers it may point at."""
    if _depth_of(form) > DEEPEST:
        return [FormProblem(".", "form_too_deep", _("biểu mẫu lồng quá sâu"))]
    shape = [*_shape_problems(form), *_reference_problems(form, "")]
    if not isinstance(form, dict) or any(one.code in _NO_FORM for one in shape):
        return shape
    return [*shape, *_look(form, set(components))]


def _shape_problems(form: object) -> Iterator[FormProblem]:
    """What has to hold before a field can be looked at."""
    broken = False
    for error in islice(_META.iter_errors(form), MOST_PROBLEMS):
        if "pattern" in error.absolute_path:  # said better below
            continue
        broken = True
        why = _("không đúng dạng của JSON Schema: {what}").format(what=error.message[:200])
        yield FormProblem(_place(error.absolute_path), "form_not_a_schema", why)
    if broken:
        return
    if (
        not isinstance(form, dict)
        or form.get("type") != "object"
        or not isinstance(form.get("properties"), dict)
    ):
        yield FormProblem(
            ".", "form_not_an_object", _("biểu mẫu phải là một đối tượng có các mục (properties)")
        )
        return
    if len(json.dumps(form, ensure_ascii=False)) > MOST_BYTES:
        yield FormProblem(
            ".", "form_too_large", _("biểu mẫu lớn hơn {kib} KiB").format(kib=MOST_BYTES // 1024)
        )


def _place(path: Iterable[object]) -> str:
    return ".".join(map(str, path)) or "."


def _depth_of(node: object) -> int:
    """Not by recursion: hostile input is deeper than the stack."""
    depth, level = 0, [node]
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            child
            for one in level
            if isinstance(one, dict | list)
            for child in (one.values() if isinstance(one, dict) else one)
        ]
    return depth


def _reference_problems(node: object, place: str) -> Iterator[FormProblem]:
    """A form that refers to itself could go round for ever, one that refers elsewhere would have to be fetched."""
    children: Iterable[tuple[object, object]] = ()
    if isinstance(node, dict):
        children = node.items()
    elif isinstance(node, list):
        children = enumerate(node)
    for key, value in children:
        here = f"{place}.{key}" if place else str(key)
        if key in _REFERENCES:
            yield _reference_problem(here, str(value))
        yield from _reference_problems(value, here)


def _reference_problem(place: str, target: str) -> FormProblem:
    if target.startswith("#"):
        why = _("biểu mẫu không được dẫn chiếu ($ref) vào chính nó: {target}").format(target=target[:80])
        return FormProblem(place, "form_refers_to_itself", why)
    return FormProblem(place, "form_refers_elsewhere", _("biểu mẫu không được dẫn chiếu ($ref) ra ngoài"))


def _look(form: dict[str, Any], components: set[str]) -> Iterator[FormProblem]:
    yield from _unknown_keywords(form, _ROOT, ".")
    yield from _section_problems(form)
    yield from _object_problems(form, "", components, depth=0)
    count = _count_fields(form)
    if count > MOST_FIELDS:
        yield FormProblem(".", "form_too_large", _("biểu mẫu có hơn {most} mục").format(most=MOST_FIELDS))


def _count_fields(node: dict[str, Any]) -> int:
    inner = [one.get("items", one) for one in node.get("properties", {}).values() if isinstance(one, dict)]
    return len(inner) + sum(_count_fields(one) for one in inner if isinstance(one, dict))


def _unknown_keywords(node: dict[str, Any], known: frozenset[str], place: str) -> Iterator[FormProblem]:
    for key in sorted(set(node) - known - _REFERENCES):
        yield FormProblem(
            place,
            "form_keyword_unknown",
            _("từ khóa “{key}” không dùng được trong biểu mẫu").format(key=key[:60]),
        )


def _section_problems(form: dict[str, Any]) -> Iterator[FormProblem]:
    sections = form.get("x-sections", [])
    if not isinstance(sections, list) or not all(isinstance(one, dict) for one in sections):
        yield FormProblem("x-sections", "form_section_unclear", _("các phần phải là một danh sách"))
        return
    ids = [one.get("id") for one in sections]
    for index, one in enumerate(sections):
        place = f"x-sections.{index}"
        if not isinstance(one.get("id"), str) or not one["id"] or ids.count(one["id"]) > 1:
            yield FormProblem(place, "form_section_unclear", _("phần phải có mã (id) riêng"))
        if not one.get("title"):
            yield FormProblem(place, "form_section_untitled", _("phần chưa có tên"))
        yield from _unknown_keywords(one, frozenset({"id", "title", "x-title-en", "help", "when"}), place)
        if "when" in one:
            yield from (
                FormProblem(f"{place}.when", code, words)
                for code, words in condition_problems(one["when"], form)
            )
    if sections:
        for name, field in form["properties"].items():
            if isinstance(field, dict) and field.get("x-section") not in ids:
                yield FormProblem(
                    f"properties.{name}.x-section",
                    "form_section_unknown",
                    _("mục thuộc phần “{section}” không có").format(section=field.get("x-section", "")),
                )


def _object_problems(
    node: dict[str, Any], at: str, components: set[str], *, depth: int
) -> Iterator[FormProblem]:
    names = node["properties"]
    for name, field in names.items():
        place = f"{at}properties.{name}"
        if not re.fullmatch(kinds.FIELD_NAME, name):
            yield FormProblem(
                place,
                "form_field_name",
                _("mã mục “{name}” chỉ gồm chữ thường không dấu, số và “_”").format(name=name[:60]),
            )
        if not isinstance(field, dict) or not field.get("title"):
            yield FormProblem(place, "form_field_untitled", _("mục không có tên gọi (title)"))
        if isinstance(field, dict):
            yield from _field_problems(name, field, node, place, components, depth)
    for name in sorted(set(node.get("required", ())) - set(names)):
        yield FormProblem(f"{at}required", "form_field_unknown", _("không có mục {name}").format(name=name))
    for name in list_circles(node):
        yield FormProblem(
            f"{at}properties.{name}.x-when",
            "form_condition_circle",
            _("điều kiện đi vòng: mục “{name}” rốt cuộc phụ thuộc vào chính nó").format(name=name),
        )
    asked = sorted(set(names) - {"source"}) if depth else sorted(names)
    order = [str(one) for one in node.get("x-order", ())] if isinstance(node.get("x-order"), list) else []
    if sorted(order) != asked:
        yield FormProblem(
            f"{at}x-order",
            "form_order_incomplete",
            _("thứ tự (x-order) phải nêu mỗi mục đúng một lần"),
        )


def _field_problems(
    name: str, field: dict[str, Any], parent: dict[str, Any], place: str, components: set[str], depth: int
) -> Iterator[FormProblem]:
    yield from _unknown_keywords(field, _SCREEN | _RULES, place)
    kind = kind_of(field)
    if kind not in KINDS or (kind == "group" and depth > 0):
        if name != "source":
            yield FormProblem(
                f"{place}.x-kind", "form_kind_unknown", _("không có loại mục “{kind}”").format(kind=kind)
            )
        return
    if field.get("x-width", "full") not in _WIDTHS:
        yield FormProblem(f"{place}.x-width", "form_width_unknown", _("độ rộng không hợp lệ"))
    yield from _rule_problems(field, kind, place, components)
    for key in ("x-when", "x-required-when"):
        if key in field:
            yield from (
                FormProblem(f"{place}.{key}", code, words)
                for code, words in condition_problems(field[key], parent)
            )
    yield from _inner_problems(field, kind, place, components, depth)


def _rule_problems(
    field: dict[str, Any], kind: str, place: str, components: set[str]
) -> Iterator[FormProblem]:
    wanted = KINDS[kind].get("type")
    if wanted is not None and field.get("type") != wanted and "enum" not in field:
        yield FormProblem(
            f"{place}.type",
            "form_type_differs",
            _("loại mục “{kind}” phải có kiểu {type}").format(kind=kind, type=wanted),
        )
    if "pattern" in field:
        try:
            compile_pattern(str(field["pattern"]))
        except PatternRefused:
            yield FormProblem(
                f"{place}.pattern",
                "form_pattern_unsafe",
                _(
                    "biểu thức không đọc được hoặc có thể làm máy chạy mãi: "
                    "không dùng lặp trong lặp, tham chiếu ngược, nhìn trước, nhìn sau"
                ),
            )
    options = options_of(field)
    if kind in ("choice", "choices") and (
        not options or not all(isinstance(one, str) and one for one in options)
    ):
        yield FormProblem(f"{place}.enum", "form_options_missing", _("mục lựa chọn phải có danh sách chữ"))
    if kind == "paper" and field.get("x-component") not in components:
        yield FormProblem(
            f"{place}.x-component",
            "form_component_unknown",
            _("không có thành phần hồ sơ mang khóa {key}").format(key=field.get("x-component", "—")),
        )


def _inner_problems(
    field: dict[str, Any], kind: str, place: str, components: set[str], depth: int
) -> Iterator[FormProblem]:
    if kind == "group":
        items = field.get("items")
        if not isinstance(items, dict) or not isinstance(items.get("properties"), dict):
            yield FormProblem(
                f"{place}.items", "form_group_unclear", _("nhóm lặp lại phải có các mục của một dòng")
            )
            return
        most = field.get("maxItems")
        if not isinstance(most, int) or not 1 <= most <= kinds.MOST_ROWS or field.get("minItems", 0) > most:
            yield FormProblem(
                f"{place}.maxItems",
                "form_group_rows",
                _("nhóm lặp lại phải có số dòng nhiều nhất, từ 1 đến {most}").format(most=kinds.MOST_ROWS),
            )
        yield from _object_problems(items, f"{place}.items.", components, depth=depth + 1)
    elif kind in _PARTS:
        parts = field.get("properties")
        if not isinstance(parts, dict) or not set(parts) <= _PARTS[kind]:
            yield FormProblem(
                f"{place}.properties", "form_block_parts", _("khối thông tin có mục không thuộc loại này")
            )
        elif kind == "person":
            yield from _object_problems(field, f"{place}.", components, depth=depth + 1)
