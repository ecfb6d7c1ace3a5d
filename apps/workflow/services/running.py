"""A run begins, or is called off."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.services import record
from apps.organisations.selectors import find_unit_by_code
from apps.workflow.engine import running as engine
from apps.workflow.engine.spec import Spec
from apps.workflow.enums import RunState, StepState, UnitRole
from apps.workflow.errors import FactUnfit, RunAlreadyGoing, UnitNotNamed
from apps.workflow.models import Run, Step
from apps.workflow.selectors import StepView, get_process, view_step
from apps.workflow.services.loading import get_spec
from apps.workflow.services.opening import open_steps
from kernel.actors import Actor
from kernel.commands import command

_FACT = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,59}")
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class RunView:
    """``opened`` are the steps that wait now."""

    run_id: int
    subject_id: int
    process_id: int
    opened: tuple[StepView, ...]
    finished: bool


def start_run(
    *,
    subject_id: int,
    process_id: int,
    units: Mapping[str, int | None],
    facts: Mapping[str, Any],
    procedure_code: str,
    by: Actor,
    now: datetime,
) -> RunView:
    """Put the subject on its way and open the first steps.

    ``units``: RECEIVING, COMPETENT, SUPPORTING → unit's key. All that any step of
    the process may need is resolved now, so that no run gets stuck for a unit
    later: raises UnitNotNamed. Raises ProcessUnknown, RunAlreadyGoing, FactUnfit.
    """
    check_facts(facts)
    process = get_process(process_id)
    spec = get_spec(process.id, process.sha256)
    position = engine.start(spec, facts=dict(facts))
    run = Run(
        process_id=process.id,
        subject_id=subject_id,
        procedure_code=procedure_code,
        units=_resolve(spec, units, now),
        facts=dict(facts),
        state=position.state,
        status=RunState.FINISHED if position.finished else RunState.RUNNING,
        started_at=now,
        ended_at=now if position.finished else None,
    )
    try:
        with transaction.atomic():
            run.save(force_insert=True)
            opened = tuple(view_step(step) for step in open_steps(run, spec, position.opened, now=now))
            record(
                by=by,
                action="workflow.run_started",
                subject_type="dossier",
                subject_id=subject_id,
                now=now,
                after={"process": process.key, "opened": [step.key for step in opened]},
            )
    except IntegrityError as refusal:
        if "a_subject_has_one_run_at_a_time" in str(refusal):
            raise RunAlreadyGoing() from refusal
        raise
    return RunView(run.id, subject_id, process.id, opened, position.finished)


@command
def cancel_run(*, subject_id: int, reason: str, by: Actor, now: datetime) -> int:
    """Close whatever is open without completing it; the number of steps. 0 when nothing runs."""
    run = (
        Run.objects.select_for_update(no_key=True)
        .filter(subject_id=subject_id, status=RunState.RUNNING)
        .first()
    )
    if run is None:
        return 0
    steps = list(
        Step.objects.select_for_update(of=("self",), no_key=True)
        .filter(subject_id=subject_id, state=StepState.OPEN)
        .order_by("id")
    )
    Step.objects.filter(id__in=[step.id for step in steps]).update(
        state=StepState.CANCELLED,
        closed_at=now,
        closed_by_id=by.id,
        closed_by_name=by.name,
        note=reason,
    )
    run.status, run.ended_at = RunState.CANCELLED, now
    run.save(update_fields=["status", "ended_at"])
    record(
        by=by,
        action="workflow.run_cancelled",
        subject_type="dossier",
        subject_id=subject_id,
        now=now,
        before={"open": [step.key for step in steps]},
        note=reason,
    )
    return len(steps)


def check_facts(facts: Mapping[str, Any]) -> None:
    """Only what a condition can look at, under a name that it can ask for. Raises FactUnfit."""
    for name, value in facts.items():
        plain = value is None or isinstance(value, str | int | float | bool)
        too_long = isinstance(value, str) and len(value) > _LONGEST_TEXT
        if not plain or too_long or name == "decision" or not _FACT.fullmatch(name):
            raise FactUnfit(fact=name)


def _resolve(spec: Spec, units: Mapping[str, int | None], now: datetime) -> dict[str, int]:
    """Role or code → the unit's key, for everything the process names."""
    found: dict[str, int] = {}
    for wanted in sorted(spec.units):
        if wanted in UnitRole.values:
            unit_id = units.get(wanted)
        else:
            unit = find_unit_by_code(wanted, on=timezone.localdate(now))
            unit_id = unit.id if unit else None
        if unit_id is None:
            raise UnitNotNamed(role=UnitRole(wanted).label if wanted in UnitRole.values else wanted)
        found[wanted] = unit_id
    return found
