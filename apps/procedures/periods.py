"""What will be in force here, day by day: overrides with a first or a last day divide an adoption into periods. Pure.

Nobody has to do anything when a resolution runs out: the period after it was laid
down on the day of the adoption, and begins at midnight in Viet Nam.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.procedures.override_reading import Override, Unclear, period_starts
from apps.procedures.overriding import Overridden, apply_overrides
from kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` up to, and without, ``end``; None: until something else is adopted."""

    start: date
    end: date | None
    result: Overridden


def lay_out(content: dict[str, Any], overrides: list[Override], day: date) -> list[Period]:
    """One after the other without a gap, from ``day`` on; two that say the same are one."""
    found: list[tuple[date, Overridden]] = []
    for start in _starts(overrides, day):
        result = apply_overrides(content, overrides, on=start)
        if not found or _differs(found[-1][1], result):
            found.append((start, result))
    ends = [start for start, _result in found[1:]]
    return [Period(start, end, result) for (start, result), end in zip(found, [*ends, None], strict=True)]


def cut_off(periods: list[Period], until: date) -> list[Period]:
    """Those that begin before ``until``; from then on something else is in force already."""
    return [
        Period(one.start, min(one.end, until) if one.end else until, one.result)
        for one in periods
        if one.start < until
    ]


def refusals_of(periods: list[Period]) -> list[DomainError]:
    """Each once, in the order of the overrides."""
    every = {
        (refusal.field, refusal.code): refusal for period in periods for refusal in period.result.refusals
    }
    return sorted(every.values(), key=lambda refusal: str(refusal.field))


def _starts(overrides: list[Override], day: date) -> list[date]:
    try:
        return period_starts(overrides, day)
    except Unclear:
        return [day]  # a day that is none: refused by apply_overrides, by its place


def _differs(one: Overridden, other: Overridden) -> bool:
    return (one.content, one.units, one.unit_codes) != (other.content, other.units, other.unit_codes) or bool(
        other.refusals
    )
