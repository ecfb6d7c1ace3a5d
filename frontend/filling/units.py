"""The places that an address picker offers here: this province with its communes, from the tree of units."""

from apps.organisations.enums import UnitKind
from apps.organisations.selectors import list_leaves_below
from frontend.filling.places import NOWHERE, Places
from tenants.registry.context import get_current_tenant

_COMMITTEE = "Ủy ban nhân dân "


def places_here() -> Places:
    """No statement while nothing changes. A ministry has no communes: there an address is written by hand."""
    units = [unit for unit in list_leaves_below(paths=["/"]) if unit.open]
    root = next((unit for unit in units if unit.kind == UnitKind.PROVINCE), None)
    if root is None:
        return NOWHERE
    communes = {unit.code: _name(unit.name) for unit in units if unit.kind == UnitKind.COMMUNE}
    in_order = dict(sorted(communes.items(), key=lambda one: one[1]))
    return Places({root.code: get_current_tenant().name}, {root.code: in_order})


def _name(unit: str) -> str:
    name = unit.removeprefix(_COMMITTEE)
    return name[:1].upper() + name[1:]
