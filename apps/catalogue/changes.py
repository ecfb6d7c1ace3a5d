"""What differs between two contents, thing by thing. Pure; the words are in change_words.py.

A thing that came or went is one change, with all that it says; so is a step of a
process. The order of a list counts only where things that stay have changed places,
the spelling of a file (``process/spelling``) never.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from apps.catalogue.change_words import say_change
from apps.catalogue.parts import KEYED, Parts, split
from apps.catalogue.paths import ORDER, make_path, names_of, parse_path
from apps.forms.editing import with_sections

__all__ = ["Change", "Group", "Kind", "group_of", "list_changes", "say_change", "thing_of"]

_RANK = (
    "code", "name", "name_en", "field", "promulgator", "executing", "level", "subjects", "channels", "cases",
    "components", "fees", "results", "legal_basis", "supplement_limit", "form", "process", "slots", "transition",
)  # fmt: skip
_WORDS = frozenset(
    {
        ("name",),
        ("name_en",),
        ("cases", "name"),
        ("components", "name"),
        ("components", "note"),
        ("results", "name"),
        ("legal_basis", "name"),
        ("process", "steps", "name"),
    }
)


class Kind(StrEnum):
    ADDED = "ADDED"
    REMOVED = "REMOVED"
    CHANGED = "CHANGED"


class Group(StrEnum):
    LIMIT = "LIMIT"
    FEE = "FEE"
    PAPER = "PAPER"
    FORM = "FORM"
    PROCESS = "PROCESS"
    UNITS = "UNITS"
    WORDING = "WORDING"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` is None for what came, ``after`` for what went."""

    path: str
    kind: Kind
    group: Group
    before: Any
    after: Any

    @property
    def may_flow(self) -> bool:
        """Only a correction of words reaches dossiers under way: limits, fees, papers stay as on the filing day."""
        return self.group == Group.WORDING


def list_changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """In the order of a procedure's page: names, cases, papers, fees and so on. Empty: the same law."""
    before, after = _with_sections(before, beside=after), _with_sections(after, beside=before)
    old, new = split(before), split(after)
    old_things, new_things = _things(before, old), _things(after, new)
    found = list(_differences(old_things, new_things, whole=True))
    staying = old_things.keys() & new_things.keys()
    found += _differences(_compared(old, staying), _compared(new, staying), whole=False)
    return sorted(found, key=_rank)


def _with_sections(content: dict[str, Any], *, beside: dict[str, Any]) -> dict[str, Any]:
    """An older form beside one that the editor has spelled with sections: no question of it is another one for that."""
    form, other = content.get("form"), beside.get("form")
    if not isinstance(form, dict) or not isinstance(other, dict) or "x-sections" in form:
        return content
    if "x-sections" not in other or not isinstance(form.get("properties"), dict):
        return content
    return {**content, "form": with_sections(form)}


def group_of(path: str) -> Group:
    segments = parse_path(path)
    match segments:
        case ["cases", _, "limit"]:
            return Group.LIMIT
        case ["cases", _, "components", *_]:
            return Group.PAPER
        case ["process", "steps", _, "unit"] | ["executing"]:
            return Group.UNITS
        case ["cases" | "components" | "fees" | "results" | "legal_basis", "order"]:
            return Group.OTHER
    if _without_id(segments) in _WORDS:
        return Group.WORDING
    first = {"components": Group.PAPER, "fees": Group.FEE, "form": Group.FORM, "process": Group.PROCESS}
    return first.get(segments[0], Group.OTHER)


def thing_of(path: str) -> str | None:
    """The path of the case, paper, fee, step … that this is a part of; None for what stands alone."""
    segments = parse_path(path)
    count = 3 if segments[:2] == ["process", "steps"] else 2 if segments[0] in KEYED else 0
    return make_path(segments[:count]) if count and len(segments) > count else None


def _without_id(segments: list[str]) -> tuple[str, ...]:
    if segments[0] in KEYED:
        return (segments[0], *segments[2:])
    if segments[:2] == ["process", "steps"]:
        return ("process", "steps", *segments[3:])
    return tuple(segments)


def _things(content: dict[str, Any], parts: Parts) -> dict[str, Any]:
    """What comes and goes as a whole, by its path: the row itself, and of a step what it says."""
    things: dict[str, Any] = {}
    for kind, id_key in KEYED.items():
        rows = content.get(kind, [])
        for name, row in zip(names_of(row[id_key] for row in rows), rows, strict=True):
            things[make_path((kind, name))] = row
    for path, value in parts.items():
        if path.startswith("process/steps/"):
            *_, attribute = parse_path(path)
            things.setdefault(str(thing_of(path)), {})[attribute] = value
    return things


def _compared(parts: Parts, staying: set[str]) -> Parts:
    return {
        path: value
        for path, value in parts.items()
        if not path.endswith("/spelling")
        and not path.startswith("form/present/")
        and ((thing := thing_of(path)) is None or thing in staying)
    }


def _differences(old: Parts, new: Parts, *, whole: bool) -> Iterator[Change]:
    for path in {**old, **new}:
        group = group_of(path)
        if path not in old:
            yield Change(path, Kind.ADDED, group, None, new[path])
        elif path not in new:
            yield Change(path, Kind.REMOVED, group, old[path], None)
        elif not whole and old[path] != new[path] and not _only_came_or_went(path, old[path], new[path]):
            yield Change(path, Kind.CHANGED, group, old[path], new[path])


def _only_came_or_went(path: str, old: Any, new: Any) -> bool:
    """An order in which what stays has kept its places: the members say the rest themselves."""
    if parse_path(path)[-1] != ORDER or not isinstance(old, list) or not isinstance(new, list):
        return False
    return [one for one in old if one in new] == [one for one in new if one in old]


def _rank(change: Change) -> tuple[int, list[str], bool]:
    first, *rest = parse_path(change.path)
    return (_RANK.index(first) if first in _RANK else len(_RANK), rest[:1], rest[1:] != [])
