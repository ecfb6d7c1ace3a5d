"""New steps, as rows."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from apps.deadlines.arithmetic import add_working_days, add_working_hours
from apps.deadlines.selectors import get_calendar
from apps.organisations.selectors import find_leaf, get_unit
from apps.workflow.bpmn.allotment import Allotment
from apps.workflow.engine.running import Waiting
from apps.workflow.engine.spec import Spec
from apps.workflow.errors import UnitNotNamed
from apps.workflow.models import Run, Step
from kernel.ids import uuid7

_LONGEST_SUCCESSION = 10


def open_steps(run: Run, spec: Spec, waiting: Iterable[Waiting], *, now: datetime) -> list[Step]:
    """One INSERT for all of them; units and calendars come from what the process remembers."""
    steps = []
    for each in waiting:
        wanted = spec.steps[each.key]
        unit_id, unit_path = get_place(run.units[wanted.unit], role=wanted.unit, now=now)
        steps.append(
            Step(
                public_id=uuid7(),
                run_id=run.id,
                token=each.token,
                subject_id=run.subject_id,
                procedure_code=run.procedure_code,
                key=wanted.key,
                name=wanted.name,
                duty=wanted.duty,
                unit_id=unit_id,
                unit_path=unit_path,
                decisions=[list(decision) for decision in wanted.decisions],
                opened_at=now,
                due_at=reckon_due(wanted.allot, unit_id, now) if wanted.allot else None,
            )
        )
    return Step.objects.bulk_create(steps)


def get_place(unit_id: int, *, role: str, now: datetime) -> tuple[int, str]:
    """Key and path of the unit, or of the one that has taken its place since. Raises UnitNotNamed."""
    for _generation in range(_LONGEST_SUCCESSION):
        leaf = find_leaf(unit_id)
        if leaf is None:
            break
        if leaf.open:
            return leaf.id, leaf.path
        unit = get_unit(unit_id)
        if unit.is_open(timezone.localdate(now)) or unit.successor_id is None:
            return leaf.id, leaf.path
        unit_id = unit.successor_id
    raise UnitNotNamed(role=role)


def reckon_due(allot: Allotment, unit_id: int, start: datetime) -> datetime:
    """In the working time of the step's unit."""
    calendar = get_calendar(unit_id=unit_id, now=start)
    if allot.days:
        return add_working_days(calendar, start, allot.days)
    return add_working_hours(calendar, start, allot.minutes / 60)
