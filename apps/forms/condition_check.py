"""Conditions that cannot be right: of a field that is not there, of a value nobody can choose, in a circle. Pure."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.forms.conditions import fields_in, is_condition
from apps.forms.kinds import kind_of


def condition_problems(condition: object, parent: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(code, sentence)."""
    if not is_condition(condition) or not isinstance(condition, dict):
        yield "form_condition_unclear", _("điều kiện không đọc được")
        return
    names = parent["properties"]
    for field, values in fields_in(condition):
        asked = names.get(field)
        if not isinstance(asked, dict) or kind_of(asked) == "paper":
            yield (
                "form_condition_unknown_field",
                _("điều kiện hỏi đến mục “{name}” không có").format(name=field[:60]),
            )
            continue
        if kind_of(asked) == "choices" and values:
            yield (
                "form_condition_of_several",
                _("mục “{name}” chọn được nhiều: điều kiện chỉ hỏi đã điền hay chưa").format(name=field),
            )
            continue
        options = list(asked.get("enum") or values)
        for value in values:
            if value not in options:
                yield (
                    "form_condition_unknown_value",
                    _("điều kiện so với “{value}”, không có trong lựa chọn của mục “{name}”").format(
                        value=value, name=field
                    ),
                )


def list_circles(parent: dict[str, Any]) -> list[str]:
    """Fields that are only shown when, in the end, they are shown themselves."""
    return [name for name in sorted(parent["properties"]) if _comes_back(name, parent)]


def _comes_back(start: str, parent: dict[str, Any]) -> bool:
    seen, waiting = set[str](), _asked_by(start, parent)
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting |= _asked_by(name, parent)
    return False


def _asked_by(name: str, parent: dict[str, Any]) -> set[str]:
    """Also through the section that the field stands in."""
    field = parent["properties"].get(name)
    if not isinstance(field, dict):
        return set()
    sections = parent.get("x-sections")
    own = [
        one.get("when")
        for one in (sections if isinstance(sections, list) else [])
        if isinstance(one, dict) and one.get("id") == field.get("x-section")
    ]
    return {
        asked
        for condition in (field.get("x-when"), *own)
        if isinstance(condition, dict) and is_condition(condition)
        for asked, _values in fields_in(condition)
    }
