"""Who does the work, by the day: a role given to another unit for a while, and back again by itself. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from apps.procedures.enums import Slot
from apps.procedures.override_reading import Override, first_day, last_day
from apps.procedures.overriding import UnitChoice

_DAY = timedelta(days=1)


def assign(
    overrides: Iterable[Override],
    choices: Iterable[UnitChoice],
    *,
    ground: str,
    first: date,
    last: date | None,
) -> list[Override]:
    """``overrides`` with these roles given to these units from ``first`` to the end of ``last``.

    What was said of the same role gives way on those days only, with its own ground before and after.
    """
    chosen = {choice.role: choice for choice in choices}
    kept: list[Override] = []
    for one in overrides:
        if one["slot"] == Slot.UNITS and one.get("role") in chosen:
            kept += _around(one, first, last)
        else:
            kept.append(one)
    return [*kept, *(_override(choice, ground, first, last) for choice in chosen.values())]


def _around(one: Override, first: date, last: date | None) -> list[Override]:
    begins, ends = first_day(one), last_day(one)
    parts = []
    if begins is None or begins < first:
        until = first - _DAY if ends is None or ends >= first else ends
        parts.append({**one, "to": until.isoformat()})
    if last is not None and (ends is None or ends > last):
        since = last + _DAY if begins is None or begins <= last else begins
        parts.append({**one, "from": since.isoformat()})
    return parts


def _override(choice: UnitChoice, ground: str, first: date, last: date | None) -> Override:
    said: Override = {
        "slot": Slot.UNITS.value,
        "role": choice.role,
        "rule": choice.rule,
        "unit_id": choice.unit_id,
        "ground": ground.strip(),
        "from": first.isoformat(),
    }
    return said | ({"to": last.isoformat()} if last else {})
