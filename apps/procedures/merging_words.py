"""A three-way merge in words: the national version of before, the new one, one's own. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.catalogue.changes import Change, Kind, list_changes, say_change
from apps.procedures.enums import UnitRole, UnitRule
from apps.procedures.overriding import apply_overrides
from apps.procedures.targets import Override, target_of

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on three sides. Empty words: there is nothing of it on that side."""

    what: str
    base: str
    new: str
    ours: str
    ground: str = ""


def say_override(override: Override, base: Content, new: Content, units: Mapping[int, str]) -> Row:
    """``units``: id → name, for roles that are given to a unit."""
    ground = override["ground"]
    if "role" in override:
        named = units.get(override.get("unit_id") or 0) or str(UnitRule(override["rule"]).label)
        national = _("theo quy tắc chung")
        return Row(str(UnitRole(override["role"]).label), national, national, named, ground)
    path = target_of(override).path
    ours = apply_overrides(base, [override]).content
    mine = next((change for change in list_changes(base, ours) if change.path == path), None)
    theirs = next((change for change in list_changes(base, new) if _covers(change, path)), None)
    if mine is None:
        return Row(_("nội dung không còn"), "", "", "", ground)
    what, before, own = say_change(mine, base, ours)
    return Row(what, before, before if theirs is None else _after(theirs, base, new), own, ground)


def say_national(change: Change, base: Content, new: Content) -> Row:
    what, before, after = say_change(change, base, new)
    return Row(what, before, after, "")


def _covers(change: Change, path: str) -> bool:
    return change.path == path or (change.kind == Kind.REMOVED and path.startswith(f"{change.path}/"))


def _after(change: Change, base: Content, new: Content) -> str:
    if change.kind == Kind.REMOVED:
        return _("không còn")
    return say_change(change, base, new)[2]
