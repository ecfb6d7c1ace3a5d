"""Fees by resolution: one amount for all ways of handing in and one for each, with those who are spared."""

from typing import Any

from apps.procedures.enums import Slot
from frontend.setup.forms.adoption_reading import (
    Asked,
    Data,
    Override,
    amount_of,
    find_override,
    ground_values,
    grounds,
    text_of,
)
from kernel.vietnamese import fold

GROUPS = 3  # rows on the form for those who are spared


def places(content: dict[str, Any]) -> list[tuple[str, dict[str, Any], str | None]]:
    """(field, fee, channel): for every fee the amount for all, then for each way of handing in."""
    found: list[tuple[str, dict[str, Any], str | None]] = []
    for index, fee in enumerate(content["fees"]):
        found.append((f"fee-{index}", fee, None))
        if fee["channel"] is None and len(content["channels"]) > 1:
            found += [(f"fee-{index}-{channel}", fee, channel) for channel in content["channels"]]
    return found


def first_fees(content: dict[str, Any], overrides: list[Override]) -> dict[str, str]:
    values: dict[str, str] = {}
    for place, fee, channel in places(content):
        old = find_override(overrides, slot=Slot.FEE, key=fee["key"], channel=channel)
        values[place] = str(old["amount"]) if old else ""
        values |= ground_values(place, old)
        for number, group in enumerate((old or {}).get("exempt_groups", ())[:GROUPS]):
            values[f"{place}-group-{number}-name"] = group["name"]
            values[f"{place}-group-{number}-ground"] = group["legal_ground"]
            values[f"{place}-group-{number}-evidence"] = group.get("evidence", "")
            values[f"{place}-group-{number}-amount"] = str(group.get("amount", ""))
    return values


def read_fees(data: Data, content: dict[str, Any], asked: Asked) -> None:
    for place, fee, channel in places(content):
        text = text_of(data, place)
        if not text:
            continue
        override: dict[str, Any] = {"slot": Slot.FEE.value, "key": fee["key"], "amount": amount_of(text)}
        if channel:
            override["channel"] = channel
        groups = [group for number in range(GROUPS) if (group := _group(data, f"{place}-group-{number}"))]
        if groups:
            override["exempt_groups"] = groups
        asked.add(place, **override, **grounds(data, place))


def _group(data: Data, place: str) -> dict[str, Any] | None:
    name, amount = text_of(data, f"{place}-name")[:250], text_of(data, f"{place}-amount")
    if not name:
        return None
    group: dict[str, Any] = {
        "key": "-".join("".join(sign if sign.isalnum() else " " for sign in fold(name)).split())[:60].strip(
            "-"
        ),
        "name": name,
        "legal_ground": text_of(data, f"{place}-ground"),
    }
    if evidence := text_of(data, f"{place}-evidence"):
        group["evidence"] = evidence
    # What is no number becomes one that no group may pay: the service says so.
    return group if not amount else {**group, "amount": amount_of(amount) or 0}
