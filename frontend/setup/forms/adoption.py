"""What a province changes of a national template, read from a form: only the open slots, each with its ground."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.datastructures import MultiValueDict

from apps.organisations.selectors import UnitView
from apps.procedures.enums import Slot, UnitRole, UnitRule
from frontend.problems import Problems
from kernel.errors import DomainError, Refusals

Override = dict[str, Any]


@dataclass(slots=True)
class Asked:
    """``places`` names, for each override, the field that it was typed into."""

    overrides: list[Override] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def add(self, place: str, **override: Any) -> None:
        self.overrides.append(override)
        self.places.append(place)


def first_values(
    content: dict[str, Any], overrides: list[Override], units: dict[int, UnitView]
) -> dict[str, str]:
    """The form before anything is typed: the template, with what this tenant had changed before laid over it."""
    values: dict[str, str] = {}
    for index, case in enumerate(content["cases"]):
        old = _find(overrides, slot=Slot.LIMIT, case=case["code"])
        values[f"limit-{index}"] = str(old["amount"]) if old else ""
        values[f"limit-{index}-ground"] = old["ground"] if old else ""
    for index, fee in enumerate(content["fees"]):
        old = _find(overrides, slot=Slot.FEE, key=fee["key"])
        values[f"fee-{index}"] = str(old["amount"]) if old else ""
        values[f"fee-{index}-ground"] = old["ground"] if old else ""
    for role in UnitRole.values:
        old = _find(overrides, slot=Slot.UNITS, role=role)
        unit = units.get(old.get("unit_id") or 0) if old else None
        values[f"role-{role}-rule"] = old["rule"] if old else ""
        values[f"role-{role}-unit"] = str(unit.public_id) if unit else ""
        values[f"role-{role}-ground"] = old["ground"] if old else ""
    return values


def kept_overrides(overrides: list[Override]) -> list[Override]:
    """Those that the form shows as they are, to be kept or dropped: added papers, steps given to a unit."""
    return [one for one in overrides if one["slot"] == Slot.COMPONENT or "step" in one]


def read_overrides(
    data: MultiValueDict[str, str],
    content: dict[str, Any],
    before: list[Override],
    units: dict[str, UnitView],
) -> Asked:
    """What was typed, as adopt() wants it. Nothing typed, nothing changed."""
    asked = Asked()
    _read_limits(data, content, asked)
    _read_fees(data, content, asked)
    _read_roles(data, asked, units)
    for index, override in enumerate(kept_overrides(before)):
        if data.get(f"keep-{index}"):
            asked.add(f"keep-{index}", **override)
    _read_component(data, content, asked)
    return asked


def _read_limits(data: MultiValueDict[str, str], content: dict[str, Any], asked: Asked) -> None:
    for index, case in enumerate(content["cases"]):
        text = str(data.get(f"limit-{index}") or "").strip()
        if text:
            asked.add(
                f"limit-{index}",
                slot=Slot.LIMIT.value,
                case=case["code"],
                amount=whole_number(text),
                ground=_text(data, f"limit-{index}-ground"),
            )


def _read_fees(data: MultiValueDict[str, str], content: dict[str, Any], asked: Asked) -> None:
    for index, fee in enumerate(content["fees"]):
        text = str(data.get(f"fee-{index}") or "").strip()
        if text:
            asked.add(
                f"fee-{index}",
                slot=Slot.FEE.value,
                key=fee["key"],
                amount=whole_number(text.replace(".", "").replace("đ", "").strip()),
                ground=_text(data, f"fee-{index}-ground"),
            )


def _read_roles(data: MultiValueDict[str, str], asked: Asked, units: dict[str, UnitView]) -> None:
    for role in UnitRole.values:
        rule = _text(data, f"role-{role}-rule")
        if not rule:
            continue
        unit = units.get(_text(data, f"role-{role}-unit"))
        chosen = unit.id if unit and rule == UnitRule.CHOSEN_UNIT else None
        place = f"role-{role}-rule"
        asked.add(
            place,
            slot=Slot.UNITS.value,
            role=role,
            rule=rule,
            unit_id=chosen,
            ground=_text(data, f"role-{role}-ground"),
        )


def _read_component(data: MultiValueDict[str, str], content: dict[str, Any], asked: Asked) -> None:
    name = _text(data, "component-name")
    if not name:
        return
    taken = {one["key"] for one in content["components"]}
    taken |= {one["component"]["key"] for one in asked.overrides if one["slot"] == Slot.COMPONENT}
    number = next(number for number in range(1, 100) if f"bo-sung-{number}" not in taken)
    component = {
        "key": f"bo-sung-{number}",
        "code": "",
        "name": name,
        "originals": whole_number(_text(data, "component-originals") or "0") or 0,
        "copies": whole_number(_text(data, "component-copies") or "0") or 0,
        "required": bool(data.get("component-required")),
        "note": "",
    }
    asked.add(
        "component-name",
        slot=Slot.COMPONENT.value,
        component=component,
        ground=_text(data, "component-ground"),
    )


def laid_out(error: DomainError, asked: Asked) -> Problems:
    """A refusal of ``overrides[3]`` belongs beside the field that it was typed into."""
    problems = Problems()
    for one in error.refusals if isinstance(error, Refusals) else [error]:
        place = one.field or ""
        if (
            place.startswith("overrides[")
            and place[10:-1].isdigit()
            and int(place[10:-1]) < len(asked.places)
        ):
            place = asked.places[int(place[10:-1])]
        problems.add(place, str(one))
    return problems


def _find(overrides: list[Override], **facts: Any) -> Override | None:
    return next(
        (one for one in overrides if all(one.get(name) == value for name, value in facts.items())), None
    )


def _text(data: MultiValueDict[str, str], name: str) -> str:
    return str(data.get(name) or "").strip()[:1000]


def whole_number(text: str) -> int | None:
    """None for what is no number: the service refuses it with its own sentence."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else None
