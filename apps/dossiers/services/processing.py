"""The steps of the process, and what their end means for the dossier."""

from datetime import datetime
from uuid import UUID

from apps.deadlines import services as deadlines
from apps.dossiers.enums import Action, Status
from apps.dossiers.errors import StepsPaused
from apps.dossiers.events import StepCompleted
from apps.dossiers.lifecycle import WITH_OFFICIALS
from apps.dossiers.models import Dossier
from apps.dossiers.moving import lock, move
from apps.workflow import services as workflow
from kernel.actors import Actor
from kernel.commands import command
from kernel.outbox.services import publish


@command
def complete_step(
    *,
    dossier_id: int,
    step_id: UUID,
    decision: str | None = None,
    note: str = "",
    by: Actor,
    now: datetime,
) -> Dossier:
    """Complete an open step. The first one begins the processing, the last one ends it.

    The workflow checks the step, the duty and the decision; a dossier that
    waits or is over has no step to complete: StepsPaused.
    """
    dossier = _lock_working(dossier_id)
    outcome = workflow.complete_step(
        subject_id=dossier.id, step_id=step_id, decision=decision, note=note, facts={}, by=by, now=now
    )
    if dossier.status == Status.ACCEPTED:
        move(dossier, Action.START_PROCESSING, by=by, now=now)
    publish(
        event=StepCompleted(
            dossier_id=dossier.id,
            code=dossier.code,
            step_key=outcome.closed.key,
            decision=decision,
            at=now.isoformat(),
        ),
        now=now,
    )
    if outcome.finished:
        deadlines.stop_clock(subject_id=dossier.id, at=now, by=by, now=now)
        move(dossier, Action.FINISH, by=by, now=now, finished_at=now)
    return dossier


@command
def claim_step(*, dossier_id: int, step_id: UUID, by: Actor, now: datetime) -> Dossier:
    """Take a step that nobody holds. Whoever takes the first one begins the processing."""
    dossier = _lock_working(dossier_id)
    workflow.claim_step(subject_id=dossier.id, step_id=step_id, by=by, now=now)
    if dossier.status == Status.ACCEPTED:
        move(dossier, Action.START_PROCESSING, by=by, now=now)
    return dossier


@command
def release_step(*, dossier_id: int, step_id: UUID, by: Actor, now: datetime) -> Dossier:
    """Give a step back to the unit."""
    dossier = _lock_working(dossier_id)
    workflow.release_step(subject_id=dossier.id, step_id=step_id, by=by, now=now)
    return dossier


def _lock_working(dossier_id: int) -> Dossier:
    dossier = lock(dossier_id)
    if dossier.status not in WITH_OFFICIALS:
        raise StepsPaused(dossier=dossier.code, status=Status(dossier.status).label)
    return dossier
