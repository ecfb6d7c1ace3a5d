"""Steps of a process that nobody here may do, before it runs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.accounts.selectors import is_filled, list_filled_places
from apps.organisations.selectors import find_leaf, find_leaf_by_code, list_units
from apps.procedures.selectors import list_places
from apps.workflow.enums import UnitRole
from apps.workflow.validation import read_all
from tenants.registry.remembering import remembering


@dataclass(frozen=True, slots=True)
class UnfilledStep:
    """``units``: names of those where the duty is held by nobody."""

    step: str
    name: str
    duty: str
    units: tuple[str, ...]


def list_unfilled_steps(*, code: str, process: dict[str, Any], on: date) -> list[UnfilledStep]:
    """At the counters and units that receive and decide this procedure today."""
    graphs, _problems = read_all(process["bpmn"], process.get("called"))
    steps = [node.step for graph in graphs for node in graph.nodes.values() if node.step]
    filled, found = list_filled_places(on=on), []
    with remembering():  # the tree is asked for often: one look at its stamp is enough
        places = [
            units
            for _head, _counter, units in list_places(
                on=on, counters=list_units(on=on, receives=True), code=code
            )
        ]
        for step in steps:
            lacking = set()
            for units in places:
                path, name = _unit_of(step.unit, units, on)
                if not is_filled(filled, duty=step.duty, path=path, procedure=code, step=step.key):
                    lacking.add(name)
            if lacking:
                found.append(UnfilledStep(step.key, step.name, step.duty, tuple(sorted(lacking))))
    return found


def _unit_of(unit: str, units: dict[str, int], on: date) -> tuple[str, str]:
    """Path and name; of a unit that is not there only its code, and nobody holds anything over it."""
    if unit in UnitRole.values:
        leaf = find_leaf(units[unit]) if unit in units else None
    else:
        leaf = find_leaf_by_code(unit, on=on)
    return (leaf.path, leaf.name) if leaf else ("", unit)
