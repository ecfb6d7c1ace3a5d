"""A step is done, and what follows opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.accounts.enums import Duty
from apps.audit.services import record
from apps.workflow.engine import running as engine
from apps.workflow.enums import RunState, StepState
from apps.workflow.errors import DecisionUnknown, DutyMissing, StepHeldBySomebodyElse
from apps.workflow.models import Run, Step
from apps.workflow.rights import find_grant, find_grant_of_holder
from apps.workflow.selectors import StepView, view_step
from apps.workflow.services.loading import get_spec, lock_step_and_run
from apps.workflow.services.opening import open_steps
from apps.workflow.services.running import check_facts
from kernel.actors import Actor, Grant
from kernel.commands import command


@dataclass(frozen=True, slots=True)
class Outcome:
    """``finished``: nobody is waited for any more."""

    subject_id: int
    run_id: int
    closed: StepView
    opened: tuple[StepView, ...]
    finished: bool


@command
def complete_step(
    *,
    subject_id: int,
    step_id: UUID,
    by: Actor,
    now: datetime,
    decision: str | None = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Outcome:
    """Close a step, let the engine find what follows, open it.

    ``step_id`` is the public one. Of two people who complete it at once the
    second is refused with StepNotOpen. Raises StepUnknown, DutyMissing,
    StepHeldBySomebodyElse, DecisionUnknown, FactUnfit.
    """
    check_facts(facts or {})
    step = lock_step_and_run(subject_id=subject_id, step_id=step_id)
    run = step.run
    grant = require_grant(by, step)
    _check_decision(step, decision)
    spec = get_spec(run.process_id, run.process.sha256)
    run.facts = {**run.facts, **(facts or {})}
    position = engine.advance(spec, run.state, token=step.token, decision=decision, facts=run.facts)
    _close(step, by, grant, decision, note, now)
    opened = tuple(view_step(each) for each in open_steps(run, spec, position.opened, now=now))
    _save_run(run, position, now)
    record(
        by=by,
        action="workflow.step_completed",
        subject_type="dossier",
        subject_id=subject_id,
        now=now,
        before={"step": step.key, "holder": step.holder_id},
        after={
            "step": step.key,
            "name": step.name,
            "decision": decision,
            "on_behalf_of": grant.on_behalf_of,
            "opened": [each.key for each in opened],
            "finished": position.finished,
        },
        note=note,
    )
    return Outcome(subject_id, run.id, view_step(step), opened, position.finished)


def require_grant(by: Actor, step: Step) -> Grant:
    """The grant under which this actor does the step. Raises DutyMissing, StepHeldBySomebodyElse."""
    grant = find_grant_of_holder(by, step)
    if grant is not None:
        return grant
    if find_grant(by, step) is None:
        raise DutyMissing(duty=Duty(step.duty).label, step=step.name)
    raise StepHeldBySomebodyElse(step=step.name)


def _check_decision(step: Step, decision: str | None) -> None:
    codes = [code for code, _label in step.decisions]
    if decision not in (codes or [None]):
        choices = ", ".join(label for _code, label in step.decisions) or "—"
        raise DecisionUnknown(field="decision", step=step.name, choices=choices)


def _close(step: Step, by: Actor, grant: Grant, decision: str | None, note: str, now: datetime) -> None:
    step.state = StepState.DONE
    step.closed_at = now
    step.closed_by_id = by.id
    step.closed_by_name = by.name
    step.on_behalf_of_id = grant.on_behalf_of
    step.decision = decision or ""
    step.note = note
    step.save(
        update_fields=[
            "state",
            "closed_at",
            "closed_by",
            "closed_by_name",
            "on_behalf_of",
            "decision",
            "note",
        ]
    )


def _save_run(run: Run, position: engine.Position, now: datetime) -> None:
    run.state = position.state
    if position.finished:
        run.status, run.ended_at = RunState.FINISHED, now
    run.save(update_fields=["state", "facts", "status", "ended_at"])
