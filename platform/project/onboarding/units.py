"""The tree of units: read from tables or a CSV, checked as a tree, compared with the one that is there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from apps.organisations import services as organisations
from apps.organisations.codes import is_qd20
from apps.organisations.enums import REAL_KINDS, CodeSystem
from apps.organisations.selectors import UnitView, get_aliases_of_all, list_units
from apps.organisations.services import NewUnit
from kernel.actors import Actor
from kernel.vietnamese import clean
from tenants.provisioning.onboarding.reading import Entry, Reading
from tenants.provisioning.onboarding.steps import Plan, name_kept

_COLUMNS = ("code", "name", "short_name", "kind", "parent", "receives", "address", "phone", "qcvn102")
_NEEDED = ("code", "name", "kind", "parent")
_MOST = 2000  # no province has a third of it


@dataclass(frozen=True, slots=True)
class Units:
    """``wanted``: as the file has them. ``codes``: all that there will be, those of the tenant's own included.

    ``whole``: false where the CSV could not be read to its end, so that nobody can say which codes there are not.
    """

    wanted: list[NewUnit]
    codes: frozenset[str]
    root: str | None
    since: date
    whole: bool

    def lacks(self, code: str) -> bool:
        return self.whole and code not in self.codes


def read(reading: Reading) -> Units:
    entries = reading.root.entries("units") + reading.root.rows(
        "units_csv", columns=_COLUMNS, required=_NEEDED
    )
    read_units = [(_unit(entry), entry) for entry in entries]
    standing = {unit.code: unit for unit in list_units()} if reading.tenant else {}
    whole = "units_csv" not in reading.unread
    if not entries and not standing and whole:
        reading.refuse(("units",), _("thiếu cây đơn vị: [[units]] hoặc units_csv"))
    if len(entries) > _MOST:
        reading.refuse(("units",), _("quá {most} đơn vị").format(most=_MOST))
    _check_twice(read_units)
    parents = {code: _parent_code(unit, standing) for code, unit in standing.items()}
    parents |= {unit.code: unit.parent for unit, _entry in read_units}
    for unit, entry in read_units:
        if whole or unit.parent in parents:
            _check_place(unit, entry, parents, standing)
    roots = [code for code, parent in parents.items() if parent is None and code]
    if len(roots) > 1:
        for unit, entry in read_units:
            if unit.code in roots[1:]:
                entry.refuse("parent", _("cây đơn vị chỉ có một gốc, đã có {root}").format(root=roots[0]))
    return Units(
        [unit for unit, _entry in read_units],
        frozenset(parents),
        roots[0] if roots else None,
        reading.parts["frame"].since,
        whole,
    )


def _unit(entry: Entry) -> NewUnit:
    unit = NewUnit(
        code=entry.text("code", required=True, longest=35).upper(),
        name=clean(entry.text("name", required=True, longest=250)),
        kind=entry.text("kind", required=True),
        parent=entry.text("parent", longest=35).upper() or None,
        short_name=clean(entry.text("short_name", longest=120)),
        address=clean(entry.text("address", longest=300)),
        phone=entry.text("phone", longest=30),
        receives=entry.flag("receives"),
        aliases=tuple(_aliases(entry)),
    )
    entry.done()
    if unit.code and not is_qd20(unit.code):
        entry.refuse("code", _("mã đơn vị “{code}” không đúng dạng, ví dụ H21.24.01").format(code=unit.code))
    if unit.kind and unit.kind not in REAL_KINDS:
        kinds = ", ".join(REAL_KINDS)
        entry.refuse(
            "kind", _("không có loại đơn vị “{kind}”; chọn {kinds}").format(kind=unit.kind, kinds=kinds)
        )
    return unit


def _aliases(entry: Entry) -> Iterator[tuple[str, str]]:
    """In a CSV one column; in a table as many as it has."""
    if code := entry.text("qcvn102", longest=35):
        yield CodeSystem.QCVN102, code
    for alias in entry.entries("aliases"):
        system, code = alias.text("system", required=True), alias.text("code", required=True, longest=35)
        alias.done()
        if system and system not in CodeSystem.values:
            alias.refuse("system", _("không có danh mục mã “{system}”").format(system=system))
        elif system and code:
            yield system, code


def _check_twice(read_units: list[tuple[NewUnit, Entry]]) -> None:
    """Of a code that stands twice, both places are named; so of an alias."""
    codes = Counter(unit.code for unit, _entry in read_units if unit.code)
    aliases = Counter(alias for unit, _entry in read_units for alias in unit.aliases)
    for unit, entry in read_units:
        if codes[unit.code] > 1:
            entry.refuse("code", _("mã đơn vị {code} có hai lần trong tệp").format(code=unit.code))
        for system, code in unit.aliases:
            if aliases[system, code] > 1:
                entry.refuse("aliases", _("mã {code} là mã cũ của hai đơn vị").format(code=code))


def _check_place(
    unit: NewUnit, entry: Entry, parents: dict[str, str | None], standing: dict[str, UnitView]
) -> None:
    known = standing.get(unit.code)
    if unit.parent is not None and unit.parent not in parents:
        entry.refuse("parent", _("không có đơn vị cấp trên {parent}").format(parent=unit.parent))
    elif unit.code in _above(unit.code, parents):
        entry.refuse("parent", _("vòng tròn: {code} nằm dưới chính nó").format(code=unit.code))
    elif known is not None and _parent_code(known, standing) != unit.parent:
        entry.refuse(
            "parent", _("{code} đã ở dưới đơn vị khác; ở đây không chuyển được").format(code=unit.code)
        )
    if known is not None and known.kind != unit.kind:
        entry.refuse("kind", _("{code} đã có loại {kind}").format(code=unit.code, kind=known.kind))


def _above(code: str, parents: dict[str, str | None]) -> list[str]:
    """All above the unit; where they go in a circle, once around."""
    found: list[str] = []
    at = parents.get(code)
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def _parent_code(unit: UnitView, standing: dict[str, UnitView]) -> str | None:
    return next((one.code for one in standing.values() if one.id == unit.parent_id), None)


def plan(part: Units, born: bool) -> Plan:
    standing = {unit.code: unit for unit in list_units()} if born else {}
    fresh = [unit for unit in part.wanted if unit.code not in standing]
    changed = [(standing[unit.code], unit) for unit in part.wanted if _differs(standing.get(unit.code), unit)]
    aliases = list(_missing_aliases(part.wanted, standing)) if born else []
    lines = [_("Thêm đơn vị {code} {name}").format(code=unit.code, name=unit.name) for unit in fresh]
    lines += [
        _("Sửa đơn vị {code}: {facts}").format(code=unit.code, facts=", ".join(_facts(before, unit)))
        for before, unit in changed
    ]
    lines += [
        _("Thêm mã {code} cho đơn vị {unit}").format(code=code, unit=unit) for unit, _system, code in aliases
    ]

    def carry_out(by: Actor, now: datetime) -> None:
        organisations.import_units(units=fresh, valid_from=part.since, by=by, now=now)
        for before, unit in changed:
            organisations.rename_unit(
                unit_id=before.id, name=unit.name, short_name=unit.short_name, address=unit.address,
                phone=unit.phone, receives=unit.receives, by=by, now=now,
            )  # fmt: skip
        for code_of_unit, system, code in aliases:
            organisations.add_alias(
                unit_id=standing[code_of_unit].id,
                system=system,
                code=code,
                valid_from=part.since,
                by=by,
                now=now,
            )

    kept = name_kept(_("đơn vị"), set(standing) - {unit.code for unit in part.wanted})
    return Plan(lines, carry_out, kept)


def _facts(before: UnitView, unit: NewUnit) -> list[str]:
    names = {
        "name": _("tên"),
        "short_name": _("tên ngắn"),
        "address": _("địa chỉ"),
        "phone": _("điện thoại"),
        "receives": _("quầy tiếp nhận"),
    }
    return [str(word) for name, word in names.items() if getattr(before, name) != getattr(unit, name)]


def _differs(before: UnitView | None, unit: NewUnit) -> bool:
    return before is not None and bool(_facts(before, unit))


def _missing_aliases(wanted: list[NewUnit], standing: dict[str, UnitView]) -> Iterator[tuple[str, str, str]]:
    """Unit, system and code, of units that are there."""
    known = get_aliases_of_all()
    for unit in wanted:
        if unit.code in standing:
            have = {(alias.system, alias.code) for alias in known.get(standing[unit.code].id, ())}
            yield from ((unit.code, *alias) for alias in unit.aliases if alias not in have)
