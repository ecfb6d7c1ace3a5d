"""Door 1: questions about the tree.

The platform's own probe unit is in no answer but that to its own key: no list,
no search and no code leads to it.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.organisations.enums import UnitKind
from apps.organisations.errors import UnitUnknown
from apps.organisations.models import Unit, UnitAlias
from apps.organisations.tree import (
    Leaf,
    find_leaf,
    find_own_leaf,
    list_leaves_below,
    list_unit_ids_below,
)
from kernel.vietnamese import fold

__all__ = [
    "AliasView",
    "Leaf",
    "UnitView",
    "find_leaf",  # from the tree kept in the process: no statement while nothing changes
    "find_leaf_by_code",
    "find_own_leaf",
    "find_unit_by_code",
    "get_aliases_of_all",
    "get_unit",
    "get_unit_by_code",
    "get_unit_by_public_id",
    "get_units",
    "list_aliases",
    "list_ancestors",
    "list_leaves_below",
    "list_unit_ids_below",
    "list_units",
    "view_unit",
]

_LONGEST_LINE_OF_SUCCESSION = 20


@dataclass(frozen=True, slots=True)
class UnitView:
    id: int
    public_id: UUID
    code: str
    name: str
    short_name: str
    kind: str
    path: str
    parent_id: int | None
    address: str
    phone: str
    receives: bool
    valid_from: date
    valid_to: date | None
    successor_id: int | None

    @property
    def label(self) -> str:
        """What stands in a narrow column."""
        return self.short_name or self.name

    @property
    def depth(self) -> int:
        """0 for a root."""
        return self.path.count("/") - 2

    def is_open(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class AliasView:
    id: int
    system: str
    code: str
    valid_from: date
    valid_to: date | None


def view_unit(unit: Unit) -> UnitView:
    return UnitView(**{name: getattr(unit, name) for name in UnitView.__slots__})


def _open(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def _real_units() -> QuerySet[Unit]:
    return Unit.objects.exclude(kind=UnitKind.PROBE)


def get_unit(unit_id: int) -> UnitView:
    """By its key; raises UnitUnknown."""
    unit = Unit.objects.filter(id=unit_id).first()
    if unit is None:
        raise UnitUnknown()
    return view_unit(unit)


def get_unit_by_public_id(public_id: UUID) -> UnitView:
    """Raises UnitUnknown."""
    unit = _real_units().filter(public_id=public_id).first()
    if unit is None:
        raise UnitUnknown()
    return view_unit(unit)


def find_leaf_by_code(code: str, *, on: date) -> Leaf | None:
    """Like find_unit_by_code, without a statement for a unit's own code."""
    leaf = find_own_leaf(code)
    if leaf is not None:
        return leaf
    unit = find_unit_by_code(code, on=on)
    return find_leaf(unit.id) if unit else None


def find_unit_by_code(code: str, *, on: date) -> UnitView | None:
    """By its own code, or by an alias of either style that means it on that day."""
    unit = _real_units().filter(code=code).first()
    if unit is None:
        alias = (
            UnitAlias.objects.filter(_open(on), code=code)
            .select_related("unit")
            .order_by("-valid_from")
            .first()
        )
        unit = alias.unit if alias else None
    return view_unit(unit) if unit else None


def find_heir(unit_code: str, *, on: date) -> UnitView | None:
    """The unit that acts on the day in the place of one that has closed; None where nobody was named."""
    unit = _real_units().filter(code=unit_code).first()
    for _step in range(_LONGEST_LINE_OF_SUCCESSION):
        if unit is None or unit.successor_id is None:
            return None
        unit = _real_units().filter(id=unit.successor_id).first()
        if unit is not None and view_unit(unit).is_open(on):
            return view_unit(unit)
    return None


def get_unit_by_code(code: str, *, on: date) -> UnitView:
    """Like find_unit_by_code; raises UnitUnknown."""
    unit = find_unit_by_code(code, on=on)
    if unit is None:
        raise UnitUnknown()
    return unit


def get_units(unit_ids: set[int]) -> dict[int, UnitView]:
    """Several at once, in one query, by key."""
    return {unit.id: view_unit(unit) for unit in Unit.objects.filter(id__in=unit_ids)}


def list_units(
    *,
    on: date | None = None,
    under: str | None = None,
    kinds: tuple[str, ...] = (),
    receives: bool | None = None,
    search: str = "",
    limit: int = 2000,
) -> list[UnitView]:
    """In the order of the tree (brothers by code). ``on``: only those open that day; ``under``: a path."""
    units = _real_units()
    if on is not None:
        units = units.filter(_open(on))
    if under is not None:
        units = units.filter(path__startswith=under)
    if kinds:
        units = units.filter(kind__in=kinds)
    if receives is not None:
        units = units.filter(receives=receives)
    for word in fold(search).split():
        units = units.filter(name_search__contains=word)
    views = [view_unit(unit) for unit in units.order_by("code")[:limit]]
    return _in_tree_order(views)


def _in_tree_order(views: list[UnitView]) -> list[UnitView]:
    """Parents before children; the children of one parent by code, as they came."""
    present = {view.id for view in views}
    children: dict[int | None, list[UnitView]] = {}
    for view in views:
        children.setdefault(view.parent_id if view.parent_id in present else None, []).append(view)
    ordered: list[UnitView] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        view = waiting.pop()
        ordered.append(view)
        waiting.extend(reversed(children.get(view.id, [])))
    return ordered


def list_ancestors(path: str) -> list[UnitView]:
    """From the root down to the unit itself, for a line of bread crumbs."""
    keys = [int(part) for part in path.strip("/").split("/")]
    found = get_units(set(keys))
    return [found[key] for key in keys if key in found]


def list_aliases(unit_id: int) -> list[AliasView]:
    return [
        AliasView(alias.id, alias.system, alias.code, alias.valid_from, alias.valid_to)
        for alias in UnitAlias.objects.filter(unit_id=unit_id).order_by("system", "-valid_from", "code")
    ]


def get_aliases_of_all() -> dict[int, list[AliasView]]:
    """Every code that means a unit now, by the unit's key, in one query."""
    found: dict[int, list[AliasView]] = {}
    for alias in UnitAlias.objects.filter(valid_to__isnull=True).order_by("id"):
        view = AliasView(alias.id, alias.system, alias.code, alias.valid_from, alias.valid_to)
        found.setdefault(alias.unit_id, []).append(view)
    return found
