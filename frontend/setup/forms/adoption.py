"""What a province changes of a national template, read from a form: only the open slots, each with its ground."""

from typing import Any

from apps.organisations.selectors import UnitView
from apps.procedures.enums import Slot, UnitRole, UnitRule
from frontend.problems import Problems
from frontend.setup.forms.adoption_fees import first_fees, read_fees
from frontend.setup.forms.adoption_reading import (
    Asked,
    Data,
    Override,
    find_override,
    ground_values,
    grounds,
    text_of,
    whole_number,
)
from frontend.setup.forms.adoption_steps import first_steps, read_steps
from kernel.errors import DomainError, Refusals


def first_values(
    content: dict[str, Any], overrides: list[Override], units: dict[int, UnitView]
) -> dict[str, str]:
    """The form before anything is typed: the template, with what this tenant had changed before laid over it."""
    kept = kept_overrides(content, overrides)
    return _values(content, [one for one in overrides if one not in kept], units)


def kept_overrides(content: dict[str, Any], overrides: list[Override]) -> list[Override]:
    """Those that the form cannot say in its own fields: they are shown as they are, to be kept or dropped."""
    shown: list[str] = []
    kept = []
    for override in overrides:
        place = "" if override["slot"] == Slot.COMPONENT else _place(content, override)
        if place and place not in shown:
            shown.append(place)
        else:
            kept.append(override)
    return kept


def _place(content: dict[str, Any], override: Override) -> str:
    """The field that says this override, read back and found the same; "" where no field does."""
    if "role" in override:
        return f"role-{override['role']}"
    asked = Asked()
    values = _values(content, [override], {})
    _read_all(Data({name: [value] for name, value in values.items()}), content, asked)
    said = [(one, place) for one, place in zip(asked.overrides, asked.places, strict=True)]
    facts = {key: value for key, value in override.items() if key not in ("ground", "resolution")}
    return next(
        (place for one, place in said if all(one.get(key) == value for key, value in facts.items())), ""
    )


def _values(content: dict[str, Any], overrides: list[Override], units: dict[int, UnitView]) -> dict[str, str]:
    values: dict[str, str] = {}
    for index, case in enumerate(content["cases"]):
        old = find_override(overrides, slot=Slot.LIMIT, case=case["code"])
        values[f"limit-{index}"] = str(old["amount"]) if old else ""
        values |= ground_values(f"limit-{index}", old)
    values |= first_fees(content, overrides)
    for role in UnitRole.values:
        old = find_override(overrides, slot=Slot.UNITS, role=role)
        unit = units.get(old.get("unit_id") or 0) if old else None
        values[f"role-{role}-rule"] = old["rule"] if old else ""
        values[f"role-{role}-unit"] = str(unit.public_id) if unit else ""
        values |= ground_values(f"role-{role}", old)
    return values | first_steps(content, overrides)


def _read_all(data: Data, content: dict[str, Any], asked: Asked) -> None:
    _read_limits(data, content, asked)
    read_fees(data, content, asked)
    read_steps(data, content, asked)


def read_overrides(
    data: Data, content: dict[str, Any], before: list[Override], units: dict[str, UnitView]
) -> Asked:
    """What was typed, as adopt() wants it. Nothing typed, nothing changed."""
    asked = Asked()
    _read_all(data, content, asked)
    _read_roles(data, asked, units)
    for index, override in enumerate(kept_overrides(content, before)):
        if data.get(f"keep-{index}"):
            asked.add(f"keep-{index}", **override)
    _read_component(data, content, asked)
    return asked


def _read_limits(data: Data, content: dict[str, Any], asked: Asked) -> None:
    for index, case in enumerate(content["cases"]):
        place = f"limit-{index}"
        text = text_of(data, place)
        if text:
            amount = whole_number(text)
            asked.add(place, slot=Slot.LIMIT.value, case=case["code"], amount=amount, **grounds(data, place))


def _read_roles(data: Data, asked: Asked, units: dict[str, UnitView]) -> None:
    for role in UnitRole.values:
        place = f"role-{role}"
        rule = text_of(data, f"{place}-rule")
        if not rule:
            continue
        unit = units.get(text_of(data, f"{place}-unit"))
        chosen = unit.id if unit and rule == UnitRule.CHOSEN_UNIT else None
        asked.add(
            f"{place}-rule",
            slot=Slot.UNITS.value,
            role=role,
            rule=rule,
            unit_id=chosen,
            **grounds(data, place),
        )


def _read_component(data: Data, content: dict[str, Any], asked: Asked) -> None:
    name = text_of(data, "component-name")
    if not name:
        return
    taken = {one["key"] for one in content["components"]}
    taken |= {one["component"]["key"] for one in asked.overrides if one["slot"] == Slot.COMPONENT}
    number = next(number for number in range(1, 100) if f"bo-sung-{number}" not in taken)
    component = {
        "key": f"bo-sung-{number}",
        "code": "",
        "name": name,
        "originals": whole_number(text_of(data, "component-originals") or "0") or 0,
        "copies": whole_number(text_of(data, "component-copies") or "0") or 0,
        "required": bool(data.get("component-required")),
        "note": "",
    }
    asked.add("component-name", slot=Slot.COMPONENT.value, component=component, **grounds(data, "component"))


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
