"""The whole tree of a tenant, kept in the process: every request asks for units.

Kept under the tenant's schema and a stamp that stands in the shared cache. A
change of any unit takes a new stamp after its commit, so no process goes on
with a tree of before; a lost stamp only costs one reading. One request looks at
the stamp once.
"""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from apps.organisations.enums import UnitKind
from apps.organisations.models import Unit
from tenants.registry.context import get_current_tenant
from tenants.registry.remembering import forget, recall, remember

_STAMP = "organisations:tree"
_trees: dict[str, "Tree"] = {}


@dataclass(frozen=True, slots=True)
class Leaf:
    id: int
    code: str
    name: str
    kind: str
    path: str
    receives: bool
    valid_to: date | None  # last day

    @property
    def open(self) -> bool:
        """Whether it acts today: a last day that is announced is still to come."""
        return self.valid_to is None or timezone.localdate() <= self.valid_to


@dataclass(frozen=True, slots=True)
class Tree:
    stamp: str
    units: dict[int, Leaf]
    codes: dict[str, Leaf]


def get_tree() -> Tree:
    """One look into the shared cache a request; one statement when something has changed."""
    tree = recall(_STAMP)
    if tree is None:
        tree = _look_up(get_current_tenant().schema_name)
        remember(_STAMP, tree)
    return tree


def _look_up(schema: str) -> Tree:
    stamp = cache.get(_STAMP)
    known = _trees.get(schema)
    if stamp is not None and known is not None and known.stamp == stamp:
        return known
    if stamp is None:
        stamp = uuid4().hex
        cache.set(_STAMP, stamp, timeout=None)
    rows = Unit.objects.values_list("id", "code", "name", "kind", "path", "receives", "valid_to")
    leaves = [Leaf(*row) for row in rows]
    codes = {leaf.code: leaf for leaf in leaves if leaf.kind != UnitKind.PROBE}
    tree = Tree(stamp, {leaf.id: leaf for leaf in leaves}, codes)
    _trees[schema] = tree
    return tree


def forget_tree() -> None:
    """After any change of a unit, inside its transaction."""
    forget(_STAMP)
    cache.delete(_STAMP)
    transaction.on_commit(lambda: cache.delete(_STAMP))


def find_leaf(unit_id: int) -> Leaf | None:
    return get_tree().units.get(unit_id)


def find_own_leaf(code: str) -> Leaf | None:
    return get_tree().codes.get(code)


def list_unit_ids_below(*, paths: list[str]) -> list[int]:
    """The units of these paths with everything below them, as keys in order."""
    return [unit.id for unit in list_leaves_below(paths=paths)]


def list_leaves_below(*, paths: list[str]) -> list[Leaf]:
    """The same units themselves, in the order of their keys; one look into the shared cache for all."""
    prefixes = tuple(paths)
    found = [
        unit
        for unit in get_tree().units.values()
        if unit.path.startswith(prefixes) and (unit.kind != UnitKind.PROBE or unit.path in paths)
    ]
    return sorted(found, key=lambda unit: unit.id)
