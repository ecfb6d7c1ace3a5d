"""The time a step is given: working hours or working days."""

import re
from dataclasses import dataclass

_DAYS = re.compile(r"P([1-9][0-9]{0,2})D")
_HOURS = re.compile(r"PT(?:([1-9][0-9]{0,3})H)?(?:([1-9][0-9]{0,3})M)?")


@dataclass(frozen=True, slots=True)
class Allotment:
    """Either ``days`` (working days, counted from the next one) or ``minutes`` of working time."""

    days: int = 0
    minutes: int = 0


def parse_allotment(text: str) -> Allotment | None:
    """``PT4H``, ``PT30M``, ``PT1H30M`` or ``P2D``; None for anything else."""
    if match := _DAYS.fullmatch(text):
        return Allotment(days=int(match[1]))
    match = _HOURS.fullmatch(text)
    if match is None or match[0] == "PT":
        return None
    return Allotment(minutes=int(match[1] or 0) * 60 + int(match[2] or 0))
