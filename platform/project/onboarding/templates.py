"""Which national templates become law there, and with which changes of their own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.catalogue import selectors as catalogue
from apps.catalogue.selectors import PublishedView
from apps.organisations.selectors import list_units
from apps.procedures import services as procedures
from apps.procedures.selectors import list_override_refusals, list_overrides_in_force
from kernel.actors import Actor
from project.onboarding.units import Units
from tenants.provisioning.onboarding.reading import Entry, Reading
from tenants.provisioning.onboarding.steps import Plan, name_kept

_ALL = "all"


@dataclass(frozen=True, slots=True)
class Templates:
    """``overrides``: procedure → as procedures.adopt takes them, with the code of a unit instead of its key."""

    wanted: list[PublishedView]
    overrides: dict[str, list[dict[str, Any]]]
    in_force_from: date


def read(reading: Reading) -> Templates:
    entry = reading.root.entry("templates")
    published = {one.code: one for one in catalogue.list_published(ring=reading.parts["frame"].ring)}
    codes = _codes(reading, entry, published)
    part = Templates(
        wanted=[published[code] for code in codes if code in published],
        overrides=_overrides(reading, entry, set(codes), published),
        in_force_from=entry.day("in_force_from", reading.parts["frame"].since),
    )
    entry.done()
    return part


def _codes(reading: Reading, entry: Entry, published: dict[str, PublishedView]) -> list[str]:
    asked = entry.raw("adopt")
    if asked is None:
        return []
    if asked == _ALL:
        return sorted(published)
    if not isinstance(asked, list):
        entry.refuse("adopt", _('“adopt” phải là "all" hoặc danh sách mã thủ tục'))
        return []
    codes = entry.texts("adopt")
    for index, code in enumerate(codes):
        if code not in published:
            reading.refuse(
                ("templates", "adopt", index),
                _("không có mẫu thủ tục {code} đã công bố cho vòng này").format(code=code),
            )
        elif code in codes[:index]:
            reading.refuse(("templates", "adopt", index), _("thủ tục {code} có hai lần").format(code=code))
    return list(dict.fromkeys(codes))


def _overrides(
    reading: Reading, entry: Entry, codes: set[str], published: dict[str, PublishedView]
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    entries: dict[str, list[Entry]] = {}
    for one in entry.entries("overrides"):
        code = one.text("procedure", required=True, longest=60)
        if code and code not in codes:
            one.refuse("procedure", _("thủ tục {code} không nằm trong danh sách áp dụng").format(code=code))
        elif code:
            found.setdefault(code, []).append(_override(one, reading.parts["units"]))
            entries.setdefault(code, []).append(one)
    for code, overrides in found.items():
        if code in published:
            _check(published[code], overrides, entries[code])
    return found


def _override(entry: Entry, units: Units) -> dict[str, Any]:
    """Its own rules are apps.procedures' to check; here only the code of a unit, which becomes its key later."""
    override = {key: _as_json(entry.raw(key)) for key in entry if key != "procedure"}
    unit = override.get("unit")
    if unit is not None and units.lacks(str(unit).upper()):
        entry.refuse("unit", _("không có đơn vị {code}").format(code=unit))
    return override


def _as_json(value: Any) -> Any:
    """A day of the file (``to = 2027-12-31``), also inside a resolution, as it is kept."""
    if isinstance(value, dict):
        return {key: _as_json(part) for key, part in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _check(published: PublishedView, overrides: list[dict[str, Any]], entries: list[Entry]) -> None:
    refusals = list_override_refusals(
        version=published.version, overrides=[_with_key(override, {}) for override in overrides]
    )
    for refusal in refusals:
        place = (refusal.field or "overrides[0]").removeprefix("overrides[").rstrip("]")
        entries[int(place) if place.isdigit() else 0].refuse(None, refusal)


def _with_key(override: dict[str, Any], units: dict[str, int]) -> dict[str, Any]:
    if "unit" not in override or "step" in override:
        return override
    plain = {key: value for key, value in override.items() if key != "unit"}
    return {**plain, "unit_id": units.get(str(override["unit"]).upper(), 0)}


def plan(part: Templates, born: bool) -> Plan:
    """One that is adopted stays at its version; only changes that the file itself names are laid anew."""
    units = {unit.code: unit.id for unit in list_units()} if born else {}
    standing = list_overrides_in_force(on=part.in_force_from) if born else {}
    fresh = [one for one in part.wanted if one.code not in standing]
    changed = [
        one
        for one in part.wanted
        if one.code in standing
        and one.code in part.overrides
        and standing[one.code] != _resolved(part, one.code, units)
    ]
    lines = [_("Áp dụng thủ tục {code} {name}").format(code=one.code, name=one.name) for one in fresh]
    lines += [_("Đổi phần riêng của thủ tục {code}").format(code=one.code) for one in changed]

    def carry_out(by: Actor, now: datetime) -> None:
        for one in fresh:
            _adopt(part, one, units, by, now, _first_day(part, one))
        for one in changed:  # from today on: what was handed in before keeps its law
            _adopt(part, one, units, by, now, None)

    kept = name_kept(_("thủ tục đang áp dụng"), set(standing) - {one.code for one in part.wanted})
    return Plan(lines, carry_out, kept)


def _resolved(part: Templates, code: str, units: dict[str, int]) -> list[dict[str, Any]]:
    return [_with_key(override, units) for override in part.overrides.get(code, ())]


def _first_day(part: Templates, one: PublishedView) -> date:
    """That of the file, or the first day of the version where it comes later."""
    first = catalogue.get_version_content(one.version).effective_from
    return max(part.in_force_from, first or part.in_force_from)


def _adopt(
    part: Templates, one: PublishedView, units: dict[str, int], by: Actor, now: datetime, day: date | None
) -> None:
    procedures.adopt(
        template_version_id=one.version,
        overrides=_resolved(part, one.code, units),
        in_force_from=day,
        by=by,
        now=now,
    )
