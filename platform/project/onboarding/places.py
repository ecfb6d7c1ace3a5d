"""Where nobody is: every step of every procedure in force, at every counter that may receive it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.accounts.enums import Duty
from apps.accounts.selectors import is_filled, list_filled_places
from apps.organisations.selectors import find_leaf, find_leaf_by_code, list_units
from apps.procedures.selectors import list_places
from apps.workflow.enums import UnitRole
from apps.workflow.selectors import StepPlace, get_steps_of
from tenants.registry.remembering import remembering

# The law's own acts at a counter, which no process names.
_AT_THE_COUNTER = (Duty.RECEPTION, Duty.RETURN_CLERK)


@dataclass(frozen=True, slots=True)
class Unfilled:
    """``procedures``: how many wait for this duty at this unit."""

    duty: str
    unit: str
    procedures: int

    def __str__(self) -> str:
        return f"{Duty(self.duty).label} – {self.unit}"


def list_unfilled(*, on: date) -> list[Unfilled]:
    """In the current tenant; the same statements for one procedure and for a hundred."""
    with remembering():  # the tree is asked for thousands of times: one look at its stamp is enough
        needs = set(_needs(on))
    filled = list_filled_places(on=on)
    waiting: dict[tuple[str, str, str], set[str]] = {}
    for duty, path, name, procedure, step in needs:
        if not is_filled(filled, duty=duty, path=path, procedure=procedure, step=step):
            waiting.setdefault((duty, path, name), set()).add(procedure)
    return [
        Unfilled(duty, name, len(procedures)) for (duty, _path, name), procedures in sorted(waiting.items())
    ]


def _needs(on: date) -> Iterator[tuple[str, str, str, str, str]]:
    """Duty, path and name of the unit, procedure, step (empty: an act at the counter)."""
    pairs = list(list_places(on=on, counters=list_units(on=on, receives=True)))
    steps = get_steps_of({head.process_id for head, _counter, _units in pairs})
    for head, counter, units in pairs:
        for duty in _AT_THE_COUNTER:
            yield duty, counter.path, counter.name, head.code, ""
        for step in steps.get(head.process_id, ()):
            yield step.duty, *_unit_of(step, units, on), head.code, step.key


def _unit_of(step: StepPlace, units: dict[str, int], on: date) -> tuple[str, str]:
    """Path and name; of a unit that is not there only its code, and nobody holds anything over it."""
    if step.unit in UnitRole.values:
        leaf = find_leaf(units[step.unit]) if step.unit in units else None
    else:
        leaf = find_leaf_by_code(step.unit, on=on)
    return (leaf.path, leaf.name) if leaf else ("", step.unit)
