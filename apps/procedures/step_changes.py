"""What an adoption may change of a step: the unit that does it, and its time, never longer. Pure."""

import re
from typing import Any

from apps.catalogue.parts import join, split
from apps.catalogue.paths import make_path
from apps.procedures.limits import LEAST_HOURS_OF_A_WORKING_DAY

_DURATION = re.compile(r"^P(?:(\d{1,4})D|T(?:(\d{1,4})H)?(?:(\d{1,4})M)?)$")


class StepUnknown(LookupError):
    """No user task of the process, or of what it calls, has this id."""


def change_step(content: dict[str, Any], *, step: str, attribute: str, value: str) -> dict[str, Any]:
    """The ``process`` part of a content with this one attribute of a step set."""
    parts = split({"process": content["process"]})
    if make_path(("process", "steps", step, "duty")) not in parts:
        raise StepUnknown(step)
    process: dict[str, Any] = join({**parts, make_path(("process", "steps", step, attribute)): value})[
        "process"
    ]
    return process


def time_of(content: dict[str, Any], step: str) -> str | None:
    """``PT4H``; None: the step has no time of its own. Raises StepUnknown."""
    parts = split({"process": content["process"]})
    if make_path(("process", "steps", step, "duty")) not in parts:
        raise StepUnknown(step)
    return parts.get(make_path(("process", "steps", step, "allot")))


def read_time(text: object) -> tuple[int, int] | None:
    """(days, minutes) of working time, one of them 0; None for what is no time."""
    found = _DURATION.match(text) if isinstance(text, str) else None
    if not found or not any(found.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return (days, hours * 60 + minutes) if days or hours or minutes else None


def is_within(new: tuple[int, int], old: tuple[int, int]) -> bool:
    """Certainly not longer: hours stand in for days only as far as the shortest working day goes."""
    if new[0]:
        return new[0] <= old[0]
    return new[1] <= (old[1] or old[0] * LEAST_HOURS_OF_A_WORKING_DAY * 60)


def fits_limits(new: tuple[int, int], content: dict[str, Any]) -> bool:
    """No step may take longer than the whole procedure. What cannot be compared for certain is let through."""
    for case in content["cases"]:
        unit, amount = case["limit"]["unit"], case["limit"]["amount"]
        if unit == "HOUR" and (new[0] or new[1] > amount * 60):
            return False
        if unit in ("WORKING_DAY", "DAY") and new[0] > amount:
            return False
    return True
