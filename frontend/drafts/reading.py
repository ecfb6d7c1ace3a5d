"""From the fields of a section to the content of a draft and back. What is typed stays until it can be read."""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from frontend.drafts.fields import Content, Field, Section
from frontend.problems import Problems
from kernel.vietnamese import fold

MOST_ROWS = 300
_LONGEST = 4000
Typed = str | bool | list[str]


@dataclass(slots=True)
class Row:
    """``key`` is the stable id, "" for one that is new. ``index`` is its place on the page."""

    index: int
    key: str
    values: dict[str, Typed]
    new_key: str = ""  # typed by hand, for lists whose id is a public code
    dropped: bool = False

    def field_name(self, name: str) -> str:
        return f"{self.index}.{name}"


@dataclass(slots=True)
class Read:
    content: Content
    rows: list[Row]
    problems: Problems = field(default_factory=Problems)


def first_rows(section: Section, content: Content) -> list[Row]:
    if not section.rows:
        return [Row(0, "content", _values(section, content, content))]
    return [
        Row(index, row[section.id_key], _values(section, row, content))
        for index, row in enumerate(content.get(section.rows, ()))
    ]


def typed_rows(section: Section, post: QueryDict) -> list[Row]:
    """As they were typed, for a page that is shown again and for reading."""
    count = post.get("count", "0")
    many = min(int(count), MOST_ROWS) if count.isascii() and count.isdecimal() and len(count) < 5 else 0
    rows = []
    for index in range(many if section.rows else 1):
        row = Row(
            index, post.get(f"{index}.id", "")[:100], {}, post.get(f"{index}.new_key", "").strip()[:100]
        )
        row.dropped = f"{index}.drop" in post
        row.values = {one.name: _typed(one, post, row.field_name(one.name)) for one in section.fields}
        rows.append(row)
    return rows


def blank_row(section: Section, index: int, content: Content) -> Row:
    """A new paper is asked in every case until somebody says otherwise; what is typed is checked against the law."""
    values: dict[str, Typed] = {one.name: _blank(one) for one in section.fields}
    if section.slug == "components":
        values["cases"] = [case["code"] for case in content.get("cases", ())]
    return Row(index, "", values)


def read_section(section: Section, rows: list[Row], content: Content) -> Read:
    """The content with this section as typed; what cannot be read is a problem beside its field."""
    result = Read(deepcopy(content), rows)
    if not section.rows:
        _read_fields(section, rows[0], result.content, result)
        return result
    known = {row[section.id_key]: row for row in result.content.get(section.rows, ())}
    kept: list[dict[str, Any]] = []
    members: dict[str, list[str]] = {}
    for row in rows:
        if row.dropped or _is_untouched(section, row, content):
            continue
        before = known.get(row.key, {})
        key = row.key if row.key in known else _new_key(section, row, content, kept, result.problems)
        fresh = {**before, section.id_key: key}
        _read_fields(section, row, fresh, result)
        members[key] = fresh.pop("cases", []) if section.slug == "components" else []
        kept.append(_completed(section, fresh))
    result.content[section.rows] = kept
    if section.slug == "components":
        _write_members(result.content, members)
    if section.slug == "cases":
        gone = known.keys() - {case["code"] for case in kept}
        for fee in result.content.get("fees", ()):
            if fee.get("case") in gone:
                result.problems.add(
                    "", _("Khoản thu “{fee}” còn gắn với trường hợp vừa bỏ.").format(fee=fee["name"])
                )
    return result


def _values(section: Section, row: dict[str, Any], content: Content) -> dict[str, Typed]:
    found: dict[str, Typed] = {}
    for one in section.fields:
        value = _get(row, one.name)
        if section.slug == "components" and one.name == "cases":
            value = [case["code"] for case in content.get("cases", ()) if row["key"] in case["components"]]
        if one.kind == "tick":
            found[one.name] = bool(value)
        elif one.kind == "checks":
            found[one.name] = list(value or ())
        else:
            found[one.name] = "" if value is None else str(value)
    return found


def _typed(one: Field, post: QueryDict, name: str) -> Typed:
    if one.kind == "tick":
        return name in post
    if one.kind == "checks":
        return [value[:100] for value in post.getlist(name)[:200]]
    return post.get(name, "").strip()[:_LONGEST]


def _blank(one: Field) -> Typed:
    return False if one.kind == "tick" else [] if one.kind == "checks" else ""


def _is_untouched(section: Section, row: Row, content: Content) -> bool:
    """A row that was added and left as it came: no row at all."""
    return not row.key and not row.new_key and row.values == blank_row(section, row.index, content).values


def _read_fields(section: Section, row: Row, into: dict[str, Any], result: Read) -> None:
    for one in section.fields:
        value, problem = _read(one, row.values[one.name], result.content)
        if problem:
            result.problems.add(row.field_name(one.name), f"{one.label}: {problem}")
        elif value != "" or one.required or one.name == "code" or _get(into, one.name) is not None:
            _set(into, one.name, value)


def _read(one: Field, typed: Typed, content: Content) -> tuple[Any, str]:
    options = {value for value, _label in one.options(content)} if one.options else set()
    if one.kind == "tick":
        return typed, ""
    if one.kind == "checks":
        chosen = [value for value in typed if value in options] if isinstance(typed, list) else []
        return chosen, _("hãy chọn ít nhất một.") if one.required and not chosen else ""
    text = str(typed)
    if not text:
        return one.nothing, _("hãy nhập.") if one.required else ""
    if one.kind == "whole":
        plain = re.sub(r"[.\s]", "", text)
        if not plain.isascii() or not plain.isdecimal() or len(plain) > 13:
            return None, _("hãy nhập số nguyên, ví dụ 15.")
        return int(plain), ""
    if one.kind == "choice" and text not in options:
        return None, _("hãy chọn trong danh sách.")
    return text, ""


def _new_key(
    section: Section, row: Row, content: Content, kept: list[dict[str, Any]], problems: Problems
) -> str:
    """A stable id that nothing had before: of the name for papers and fees, a public code for the others."""
    taken = {one[section.id_key] for one in [*content.get(section.rows, ()), *kept]}
    if section.id_key == "code":
        if not row.new_key:
            problems.add(row.field_name("new_key"), _("Mã: hãy nhập."))
        elif row.new_key in taken:
            problems.add(row.field_name("new_key"), _("Mã {code} đã có.").format(code=row.new_key))
        return row.new_key
    base = re.sub(r"[^a-z0-9]+", "-", fold(str(row.values["name"])))[:50].strip("-") or "muc"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def _completed(section: Section, row: dict[str, Any]) -> dict[str, Any]:
    if section.slug == "cases":
        row.setdefault("components", [])
    return row


def _write_members(content: Content, members: dict[str, list[str]]) -> None:
    """Which papers each case asks for; the order that a case had is kept."""
    for case in content.get("cases", ()):
        wanted = [key for key, cases in members.items() if case["code"] in cases]
        case["components"] = [key for key in case["components"] if key in wanted] + [
            key for key in wanted if key not in case["components"]
        ]


def _get(row: dict[str, Any], name: str) -> Any:
    node: Any = row
    for part in name.split("."):
        node = node.get(part) if isinstance(node, dict) else None
    return node


def _set(row: dict[str, Any], name: str, value: Any) -> None:
    *above, last = name.split(".")
    for part in above:
        row[part] = dict(row.get(part) or {})
        row = row[part]
    row[last] = value
