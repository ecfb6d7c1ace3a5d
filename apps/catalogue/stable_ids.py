"""Ids that dossiers, overrides and statistics hold on to: does a new version keep them for the same things? Pure.

Two slips are reported to the reviewer, none is refused: an id that now means
something else, and a thing that went and came back under another id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from apps.catalogue.parts import KEYED
from apps.catalogue.process_parts import split_process
from kernel.vietnamese import fold

_ALIKE = 0.5  # of 1: below it two names share less than half of their letters in order


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Warning:
    """``place`` as in parts.py."""

    place: str
    sentence: str


def list_warnings(before: dict[str, Any], after: dict[str, Any]) -> list[Warning]:
    found: list[Warning] = []
    for kind in ("components", "fees", "fields", "steps"):
        old, new = _things(kind, before), _things(kind, after)
        found += _reused(kind, old, new)
        found += _renamed(kind, old, new)
    return found


def _reused(kind: str, old: dict[str, Thing], new: dict[str, Thing]) -> Iterator[Warning]:
    for key in sorted(old.keys() & new.keys()):
        was, now = old[key], new[key]
        if was.code != now.code and not _alike(was.name, now.name):
            sentence = _("Mã {key} trước là “{before}”, nay thành “{after}”: thứ khác thì phải mang mã mới.")
            yield Warning(f"{kind}/{key}", sentence.format(key=key, before=was.name, after=now.name))


def _renamed(kind: str, old: dict[str, Thing], new: dict[str, Thing]) -> Iterator[Warning]:
    came = {fold(new[key].name): key for key in sorted(new.keys() - old.keys())}
    for key in sorted(old.keys() - new.keys()):
        again = came.get(fold(old[key].name))
        if again is not None:
            sentence = _("“{name}” mất mã {before} và trở lại với mã {after}: cùng một thứ thì giữ mã cũ.")
            yield Warning(f"{kind}/{again}", sentence.format(name=old[key].name, before=key, after=again))


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= _ALIKE


def _things(kind: str, content: dict[str, Any]) -> dict[str, Thing]:
    if kind == "fields":
        fields = (content.get("form") or {}).get("properties") or {}
        return {
            key: Thing(str(one.get("title", "")), f"{one.get('type')} {one.get('format', '')}")
            for key, one in fields.items()
            if isinstance(one, dict)
        }
    if kind == "steps":
        return _steps(content)
    rows = content.get(kind) or ()
    return {
        row[KEYED[kind]]: Thing(row["name"], str(row.get("code", "")) + str(row.get("kind", "")))
        for row in rows
    }


def _steps(content: dict[str, Any]) -> dict[str, Thing]:
    """A step is known by its name and by the duty that does it."""
    found: dict[str, dict[str, str]] = {}
    for segments, value in split_process(content.get("process") or {}):
        if segments[:2] == ("process", "steps") and len(segments) == 4:
            found.setdefault(segments[2], {})[segments[3]] = str(value)
    return {key: Thing(one.get("name", ""), one.get("duty", "")) for key, one in found.items()}
