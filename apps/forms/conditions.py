"""When a field is asked, and when it must be answered: a small language that is JSON Schema in the end. Pure.

``{"field": "relation", "equals": "Người được ủy quyền"}``, or ``in``, ``filled``,
``least``, ``most`` in the place of ``equals``; joined by ``{"all": […]}``,
``{"any": […]}``, ``{"not": …}``. A field is named by its neighbours: those of
the same form, or of the same row of a group. ``holds`` and ``to_schema`` say
the same of every answer: tests/apps/forms/test_conditions.py tries it at random.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

Condition = dict[str, Any]
_JOINTS = ("all", "any", "not")
_TESTS = ("equals", "in", "filled", "least", "most")
DEEPEST = 4


def is_condition(node: object, depth: int = 0) -> bool:
    """Whether it is written as the language wants it."""
    if not isinstance(node, dict) or depth > DEEPEST:
        return False
    keys = set(node)
    if keys == {"not"}:
        return is_condition(node["not"], depth + 1)
    if keys in ({"all"}, {"any"}):
        parts = next(iter(node.values()))
        return (
            isinstance(parts, list)
            and 0 < len(parts) <= 20
            and all(is_condition(one, depth + 1) for one in parts)
        )
    if len(keys) != 2 or not isinstance(node.get("field"), str):
        return False
    return _is_test(*next((key, value) for key, value in node.items() if key != "field"))


def _is_test(test: str, value: object) -> bool:
    if test == "in":
        return isinstance(value, list) and 0 < len(value) <= 100 and all(_is_value(one) for one in value)
    if test == "filled":
        return isinstance(value, bool)
    if test in ("least", "most"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return test == "equals" and _is_value(value)


def _is_value(value: object) -> bool:
    return isinstance(value, str | bool | int)


def fields_in(condition: Condition) -> Iterator[tuple[str, list[Any]]]:
    """(field, values it is compared with)."""
    for joint in _JOINTS:
        if joint in condition:
            parts = condition[joint] if joint != "not" else [condition["not"]]
            for one in parts:
                yield from fields_in(one)
            return
    values = condition.get("in", [condition["equals"]] if "equals" in condition else [])
    yield condition["field"], list(values)


def both(*conditions: Condition | None) -> Condition | None:
    """All of them that are there."""
    there = [one for one in conditions if one is not None]
    if len(there) > 1:
        return {"all": there}
    return there[0] if there else None


def to_schema(condition: Condition) -> dict[str, Any]:
    """Valid exactly for the objects for which the condition holds."""
    if "all" in condition:
        return {"allOf": [to_schema(one) for one in condition["all"]]}
    if "any" in condition:
        return {"anyOf": [to_schema(one) for one in condition["any"]]}
    if "not" in condition:
        return {"not": to_schema(condition["not"])}
    field = condition["field"]
    if condition.get("filled") is False:
        return {"not": {"required": [field]}}
    schema: dict[str, Any] = {"required": [field]}
    if "filled" not in condition:
        schema["properties"] = {field: _value_schema(condition)}
    return schema


def _value_schema(condition: Condition) -> dict[str, Any]:
    if "least" in condition:
        return {"type": "number", "minimum": condition["least"]}
    if "most" in condition:
        return {"type": "number", "maximum": condition["most"]}
    return {"enum": condition["in"]} if "in" in condition else {"const": condition["equals"]}


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    if "all" in condition:
        return all(holds(one, answers) for one in condition["all"])
    if "any" in condition:
        return any(holds(one, answers) for one in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    there = condition["field"] in answers
    if "filled" in condition:
        return there is condition["filled"]
    return there and _fits(condition, answers[condition["field"]])


def _fits(condition: Condition, value: Any) -> bool:
    if "least" in condition or "most" in condition:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return value >= condition["least"] if "least" in condition else value <= condition["most"]
    wanted = condition["in"] if "in" in condition else [condition["equals"]]
    # For JSON 1 is not true, for Python it is.
    return any(isinstance(one, bool) is isinstance(value, bool) and one == value for one in wanted)


def say(condition: Condition, titles: Mapping[str, str]) -> str:
    """In words, to stand after “chỉ điền nếu”."""
    if "all" in condition:
        return _(" và ").join(say(one, titles) for one in condition["all"])
    if "any" in condition:
        return _(" hoặc ").join(say(one, titles) for one in condition["any"])
    if "not" in condition:
        return _("không phải: {words}").format(words=say(condition["not"], titles))
    title = titles.get(condition["field"], condition["field"])
    if "filled" in condition:
        return (_("đã điền “{title}”") if condition["filled"] else _("không điền “{title}”")).format(
            title=title
        )
    for test, words in (("least", _("“{title}” từ {value}")), ("most", _("“{title}” không quá {value}"))):
        if test in condition:
            return words.format(title=title, value=condition[test])
    values = condition["in"] if "in" in condition else [condition["equals"]]
    if values == [True]:
        return _("“{title}” là có").format(title=title)
    if values == [False]:
        return _("“{title}” là không").format(title=title)
    return _("“{title}” là {value}").format(title=title, value=_(" hoặc ").join(f"“{one}”" for one in values))
