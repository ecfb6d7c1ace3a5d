"""A tenant's overrides carried from one national version to the next: a three-way merge. Pure.

``base`` is the national version that the tenant runs, ``new`` the one that has come,
and what is the tenant's own are its overrides. The result always is ``new`` with a list
of overrides laid over it, so nothing of the centre's can be lost; what this module
decides is which overrides go on as they are, and which touch what the centre has
changed too. Those a person decides: keep one's own, take the national one, or another
value; only what the law allows is offered.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.catalogue.changes import Change, list_changes
from apps.catalogue.content import canonical_json
from apps.catalogue.parts import Parts, split
from apps.catalogue.paths import names_of
from apps.procedures.enums import Choice, Clash
from apps.procedures.errors import DecisionsMissing, DecisionUnlawful
from apps.procedures.overriding import apply_overrides
from apps.procedures.targets import Override, target_of, value_name

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """``key`` names it for a decision and stays while the override stays the same word for word."""

    key: str
    override: Override
    path: str
    clash: Clash
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """``value`` and ``ground`` only with EDIT; an empty ground: that of the override."""

    choice: Choice
    value: Any = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """``national``: what the centre changed and nobody here has touched. ``kept``: what goes on as it is."""

    national: tuple[Change, ...]
    kept: tuple[Override, ...]
    conflicts: tuple[Conflict, ...]


def merge(*, base: Content, new: Content, overrides: list[Override]) -> Merge:
    old_parts, new_parts = split(base), split(new)
    kept: list[Override] = []
    conflicts: list[Conflict] = []
    for override in overrides:
        clash = _clash(override, base, new, old_parts, new_parts)
        if clash is None:
            kept.append(override)
        else:
            conflicts.append(_conflict(override, clash, new))
    touched = {conflict.path for conflict in conflicts}
    national = tuple(change for change in list_changes(base, new) if change.path not in touched)
    return Merge(national, tuple(kept), tuple(conflicts))


def key_of(override: Override) -> str:
    return hashlib.sha256(canonical_json(override)).hexdigest()[:16]


def resolve(merged: Merge, new: Content, decisions: Mapping[str, Decision]) -> list[Override]:
    """The overrides to adopt ``new`` with. Raises DecisionsMissing, DecisionUnlawful."""
    missing = [conflict for conflict in merged.conflicts if conflict.key not in decisions]
    if missing:
        raise DecisionsMissing(count=len(missing))
    result = list(merged.kept)
    taken = set(names_of(component["key"] for component in new["components"]))
    taken |= {one["component"]["key"] for one in merged.kept if one["slot"] == "component"}
    for conflict in merged.conflicts:
        decided = decide(conflict, decisions[conflict.key])
        if decided is not None:
            result.append(_with_free_key(decided, taken) if conflict.clash == Clash.KEY_TAKEN else decided)
    return result


def decide(conflict: Conflict, decision: Decision) -> Override | None:
    """What becomes of the override; None: the national version stands. Raises DecisionUnlawful."""
    if decision.choice not in conflict.choices:
        raise DecisionUnlawful(field=conflict.key)
    if decision.choice == Choice.NATIONAL:
        return None
    if decision.choice == Choice.KEEP:
        return conflict.override
    changed = {**conflict.override, value_name(conflict.override): decision.value}
    return {**changed, "ground": decision.ground.strip()} if decision.ground.strip() else changed


def refusals_of(conflict: Conflict, new: Content, decision: Decision) -> list[Any]:
    """What does not hold about a decision, laid over the new national version alone."""
    decided = decide(conflict, decision)
    return apply_overrides(new, [decided]).refusals if decided else []


def _clash(
    override: Override, base: Content, new: Content, old_parts: Parts, new_parts: Parts
) -> Clash | None:
    target = target_of(override)
    if override["slot"] not in new["slots"]:
        return Clash.SLOT_CLOSED
    if target.thing and not _has(new_parts, target.thing):
        return Clash.THING_GONE
    if override["slot"] == "component":
        key = override["component"]["key"]
        return Clash.KEY_TAKEN if key in {one["key"] for one in new["components"]} else None
    if all(old_parts.get(path) == new_parts.get(path) for path in target.watched):
        return None
    return Clash.BOTH_CHANGED if not apply_overrides(new, [override]).refusals else Clash.NO_LONGER_LAWFUL


def _has(parts: Parts, thing: str) -> bool:
    return thing in parts or any(path.startswith(f"{thing}/") for path in parts)


_CHOICES: dict[Clash, tuple[Choice, ...]] = {
    Clash.SLOT_CLOSED: (Choice.NATIONAL,),
    Clash.THING_GONE: (Choice.NATIONAL,),
    Clash.KEY_TAKEN: (Choice.KEEP, Choice.NATIONAL),
    Clash.NO_LONGER_LAWFUL: (Choice.NATIONAL, Choice.EDIT),
    Clash.BOTH_CHANGED: (Choice.KEEP, Choice.NATIONAL, Choice.EDIT),
}


def _conflict(override: Override, clash: Clash, _new: Content) -> Conflict:
    choices = _CHOICES[clash]
    if not value_name(override):
        choices = tuple(choice for choice in choices if choice != Choice.EDIT)
    return Conflict(key_of(override), override, target_of(override).path, clash, choices)


def _with_free_key(override: Override, taken: set[str]) -> Override:
    component = override["component"]
    number = next(n for n in range(2, 1000) if f"{component['key']}-{n}" not in taken)
    taken.add(f"{component['key']}-{number}")
    return {**override, "component": {**component, "key": f"{component['key']}-{number}"}}
