"""Steps of the process and words of the place: times never longer, a unit of one's own, names and notes."""

from typing import Any

from apps.catalogue.parts import split
from apps.catalogue.paths import make_path, parse_path
from apps.procedures.enums import Slot
from frontend.setup.forms.adoption_reading import (
    Asked,
    Data,
    Override,
    find_override,
    ground_values,
    grounds,
    text_of,
)

UNITS_OF_TIME = ("H", "D")


def list_steps(content: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(id, name, allotted time) of every step, in the order of its file."""
    parts = split({"process": content["process"]})
    names = {parse_path(path)[2]: value for path, value in parts.items() if path.endswith("/name")}
    return [
        (step, str(name), str(parts.get(make_path(("process", "steps", step, "allot")), "")))
        for step, name in names.items()
    ]


def list_notes(content: dict[str, Any]) -> list[tuple[str, str]]:
    """(path, name) of what may be said in local words on the form: a note to each paper."""
    return [
        (make_path(("components", one["key"], "note")), str(one["name"])) for one in content["components"]
    ]


def first_steps(content: dict[str, Any], overrides: list[Override]) -> dict[str, str]:
    values: dict[str, str] = {}
    for index, (step, _name, _time) in enumerate(list_steps(content)):
        place = f"time-{index}"
        old = find_override(overrides, slot=Slot.STEPS, step=step)
        values[place], values[f"{place}-unit"] = _typed_time(old["allot"]) if old else ("", "H")
        values |= ground_values(place, old)
        given = find_override(overrides, slot=Slot.UNITS, step=step)
        values[f"step-{index}"] = str(given["unit_code"]) if given else ""
        values |= ground_values(f"step-{index}", given)
    for index, (path, _name) in enumerate(list_notes(content)):
        old = find_override(overrides, slot=Slot.WORDING, path=path)
        values[f"note-{index}"] = old["text"] if old else ""
        values |= ground_values(f"note-{index}", old)
    return values


def read_steps(data: Data, content: dict[str, Any], asked: Asked) -> None:
    for index, (step, _name, _time) in enumerate(list_steps(content)):
        amount, unit = text_of(data, f"time-{index}"), text_of(data, f"time-{index}-unit")
        if amount:
            allot = f"P{amount}D" if unit == "D" else f"PT{amount}H"
            asked.add(
                f"time-{index}",
                slot=Slot.STEPS.value,
                step=step,
                allot=allot,
                **grounds(data, f"time-{index}"),
            )
        code = text_of(data, f"step-{index}")
        if code:
            asked.add(
                f"step-{index}",
                slot=Slot.UNITS.value,
                step=step,
                unit_code=code,
                **grounds(data, f"step-{index}"),
            )
    for index, (path, _name) in enumerate(list_notes(content)):
        text = text_of(data, f"note-{index}")
        if text:
            asked.add(
                f"note-{index}",
                slot=Slot.WORDING.value,
                path=path,
                text=text,
                **grounds(data, f"note-{index}"),
            )


def _typed_time(allot: str) -> tuple[str, str]:
    """``PT4H`` → 4 hours, ``P2D`` → 2 days. Minutes have no field: the change is kept as it is."""
    if allot.endswith("D"):
        return allot[1:-1], "D"
    return (allot[2:-1] if allot.endswith("H") else ""), "H"
