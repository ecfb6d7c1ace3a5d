"""Who holds a step: taken, given, given back, handed over."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from apps.accounts.enums import Duty
from apps.accounts.errors import UserUnknown
from apps.accounts.selectors import get_actor
from apps.audit.services import record
from apps.workflow.enums import StepState
from apps.workflow.errors import AssigneeWithoutDuty, AssigningNotAllowed, StepHeldBySomebodyElse
from apps.workflow.models import Step
from apps.workflow.rights import find_grant, may_assign
from apps.workflow.selectors import StepView, view_step
from apps.workflow.services.completing import require_grant
from apps.workflow.services.loading import lock_step
from kernel.actors import Actor
from kernel.commands import command


@command
def claim_step(*, subject_id: int, step_id: UUID, by: Actor, now: datetime) -> StepView:
    """Take a step that nobody holds; taking one's own again changes nothing.

    Raises StepUnknown, StepNotOpen, DutyMissing, StepHeldBySomebodyElse.
    """
    step = lock_step(subject_id=subject_id, step_id=step_id)
    if step.holder_id is not None and step.holder_id != by.id:
        raise StepHeldBySomebodyElse(step=step.name)
    require_grant(by, step)
    return _give(step, by.id, "workflow.step_claimed", by, now)


@command
def assign_step(*, subject_id: int, step_id: UUID, user_id: int, by: Actor, now: datetime) -> StepView:
    """Say who is to do it, whoever holds it now. By those who lead or watch over the unit.

    Raises StepUnknown, StepNotOpen, AssigningNotAllowed, UserUnknown, AssigneeWithoutDuty.
    """
    step = lock_step(subject_id=subject_id, step_id=step_id)
    if not may_assign(by, step):
        raise AssigningNotAllowed(step=step.name)
    assignee = get_actor(user_id, on=timezone.localdate(now))
    if find_grant(assignee, step) is None:
        raise AssigneeWithoutDuty(name=assignee.name, duty=Duty(step.duty).label, step=step.name)
    return _give(step, user_id, "workflow.step_assigned", by, now)


@command
def release_step(*, subject_id: int, step_id: UUID, by: Actor, now: datetime) -> StepView:
    """Give it back to the unit: its holder, or who may assign. One that nobody holds stays so.

    Raises StepUnknown, StepNotOpen, StepHeldBySomebodyElse.
    """
    step = lock_step(subject_id=subject_id, step_id=step_id)
    if step.holder_id not in (None, by.id) and not may_assign(by, step):
        raise StepHeldBySomebodyElse(step=step.name)
    return _give(step, None, "workflow.step_released", by, now)


@command
def hand_over(*, from_user_id: int, to_user_id: int | None, by: Actor, now: datetime) -> int:
    """All open steps of somebody who leaves, as one act; the number of steps.

    What the successor has no duty for, and everything when there is none (None,
    or one who has left too), goes back to its unit. Safe to run twice. The
    caller has checked that ``by`` may.
    """
    steps = Step.objects.select_for_update(of=("self",), no_key=True).filter(
        holder_id=from_user_id, state=StepState.OPEN
    )
    successor = _find_actor(to_user_id, now)
    moved = 0
    for step in steps.order_by("id"):  # always in this order, so that two hand-overs never wait in a circle
        fits = successor is not None and find_grant(successor, step) is not None
        _give(step, to_user_id if fits else None, "workflow.step_handed_over", by, now)
        moved += 1
    return moved


def _find_actor(user_id: int | None, now: datetime) -> Actor | None:
    if user_id is None:
        return None
    try:
        return get_actor(user_id, on=timezone.localdate(now))
    except UserUnknown:
        return None


def _give(step: Step, user_id: int | None, action: str, by: Actor, now: datetime) -> StepView:
    before = step.holder_id
    if before == user_id:
        return view_step(step)
    step.holder_id = user_id
    step.save(update_fields=["holder"])
    record(
        by=by,
        action=action,
        subject_type="dossier",
        subject_id=step.subject_id,
        now=now,
        before={"step": step.key, "holder": before},
        after={"step": step.key, "name": step.name, "holder": user_id},
    )
    return view_step(step)
