"""Codes of places in the answers, looked up as the rooms' picker offers them: living units of the two-tier lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from apps.catalogue import selectors as catalogue
from apps.catalogue.enums import SharedList
from apps.dossiers import errors
from apps.forms.addresses import addresses_in
from apps.forms.compiling import Form
from apps.forms.judging import Place, title_of
from apps.organisations import selectors as organisations
from apps.organisations.enums import UnitKind
from apps.organisations.selectors import find_own_leaf
from kernel.errors import DomainError

_PARTS = ("province_code", "commune_code")
_PLACES = (UnitKind.PROVINCE, UnitKind.COMMUNE)


@dataclass(frozen=True, slots=True)
class _Known:
    """``ended``: it acts no more today. ``parent`` is None where nothing is known of it."""

    name: str
    parent: str | None
    ended: bool
    own: bool = False


def place_problems(form: Form, answers: dict[str, Any], today: date) -> list[DomainError]:
    """Unknown codes, codes of units that have closed (with who stands for them), communes of another province.

    An unknown code is refused where a list is whole: the national one, or, without it,
    this tenant's own below its own province. Three statements where codes are used, none otherwise.
    """
    found = list(addresses_in(form, answers))
    wanted = {code for _where, address in found for code in _codes(address).values()}
    if not wanted:
        return []
    known = _look_up(wanted, today)
    whole = _is_whole() if wanted - set(known) else False
    return [
        problem for place, address in found for problem in _of_one(form, place, address, known, whole, today)
    ]


def _codes(address: Mapping[str, Any]) -> dict[str, str]:
    return {part: code for part in _PARTS if isinstance(code := address.get(part), str) and code}


def _look_up(codes: set[str], today: date) -> dict[str, _Known]:
    """The tenant's own units first: the picker offers them where the nation's list is missing."""
    known: dict[str, _Known] = {}
    for code in codes:
        leaf = find_own_leaf(code)
        if leaf is not None and leaf.kind in _PLACES:
            known[code] = _Known(leaf.name, None, not leaf.open, own=True)
    left = codes - set(known)
    for one in catalogue.find_codes(SharedList.UNITS, left) if left else ():
        known[one.code] = _Known(one.name, one.parent, one.valid_to is not None and one.valid_to < today)
    return known


def _is_whole() -> bool:
    return catalogue.is_whole_list(SharedList.UNITS)


def _of_one(
    form: Form,
    place: Place,
    address: Mapping[str, Any],
    known: Mapping[str, _Known],
    whole: bool,
    today: date,
) -> Iterator[DomainError]:
    codes = _codes(address)
    province = known.get(codes.get("province_code", ""))
    for part, code in codes.items():
        at = _at(form, (*place, part))
        one = known.get(code)
        if one is None:
            if whole or (part == "commune_code" and province is not None and province.own):
                yield errors.PlaceUnknown(**at)
        elif one.ended:
            yield errors.PlaceClosed(**at, name=one.name, heir=_heir(code, one, today))
        elif part == "commune_code" and one.parent is not None and one.parent != codes.get("province_code"):
            yield errors.PlaceElsewhere(**at, name=one.name)


def _at(form: Form, place: Place) -> dict[str, str]:
    return {
        "field": ".".join(["answers", *map(str, place)]),
        "pointer": "".join(f"/{part}" for part in ("answers", *place)),
        "title": title_of(form, place[:-1]),
    }


def _heir(code: str, one: _Known, today: date) -> str:
    """Who stands for it today, by name and code, in words."""
    found: tuple[str, str] | None = None
    if one.own:
        unit = organisations.find_heir(code, on=today)
        found = (unit.name, unit.code) if unit else None
    else:
        heir = catalogue.find_successor(SharedList.UNITS, code, on=today)
        named = catalogue.find_codes(SharedList.UNITS, {heir}) if heir and heir != code else []
        found = (named[0].name, named[0].code) if named else None
    if found is None:
        return _("danh mục không ghi đơn vị thay thế")
    return _("đơn vị thay thế: {name} ({code})").format(name=found[0], code=found[1])
