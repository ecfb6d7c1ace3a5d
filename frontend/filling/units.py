"""The places that an address picker offers here: the national list, or else this province with its communes."""

import time

from django.utils import timezone

from apps.catalogue.enums import SharedList
from apps.catalogue.selectors import list_codes
from apps.organisations.enums import UnitKind
from apps.organisations.selectors import list_leaves_below
from frontend.filling.places import NOWHERE, Places
from tenants.registry.context import get_current_tenant

_COMMITTEE = "Ủy ban nhân dân "
_KEPT_SECONDS = 300
_MOST = 20_000  # the country has 34 provinces and 3,321 communes
_national: tuple[float, Places] | None = None


def places_here() -> Places:
    """No statement while nothing changes. A ministry has no communes: without the list one writes by hand."""
    national, name = _national_places(), get_current_tenant().name
    if not national.provinces:
        return _own_places(name)
    own_first = sorted(national.provinces.items(), key=lambda one: one[1] != name)
    return Places(dict(own_first), national.communes)


def forget_places() -> None:
    """What this process keeps of the national list."""
    global _national
    _national = None


def _national_places() -> Places:
    """The centre's list, the same for every tenant; up to five minutes old."""
    global _national
    if _national is None or time.monotonic() - _national[0] > _KEPT_SECONDS:
        _national = (time.monotonic(), _read_list())
    return _national[1]


def _read_list() -> Places:
    today = timezone.localdate()
    living = [
        (one.code, one.name, one.parent)
        for one in list_codes(SharedList.UNITS, limit=_MOST)
        if one.valid_to is None or one.valid_to >= today
    ]
    in_order = sorted(living, key=lambda one: one[1])
    provinces = {code: name for code, name, parent in in_order if not parent}
    communes: dict[str, dict[str, str]] = {code: {} for code in provinces}
    for code, name, parent in in_order:
        if parent in communes:
            communes[parent][code] = name
    return Places(provinces, communes)


def _own_places(tenant_name: str) -> Places:
    units = [unit for unit in list_leaves_below(paths=["/"]) if unit.open]
    root = next((unit for unit in units if unit.kind == UnitKind.PROVINCE), None)
    if root is None:
        return NOWHERE
    communes = {unit.code: _name(unit.name) for unit in units if unit.kind == UnitKind.COMMUNE}
    in_order = dict(sorted(communes.items(), key=lambda one: one[1]))
    return Places({root.code: tenant_name}, {root.code: in_order})


def _name(unit: str) -> str:
    name = unit.removeprefix(_COMMITTEE)
    return name[:1].upper() + name[1:]
