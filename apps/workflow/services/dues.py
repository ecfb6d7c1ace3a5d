"""Due times of open steps after a pause."""

from datetime import datetime, timedelta

from apps.deadlines.arithmetic import add_working_hours, working_time_between
from apps.deadlines.selectors import get_calendar
from apps.workflow.enums import StepState
from apps.workflow.models import Step
from kernel.commands import command

_HOUR = timedelta(hours=1)


@command
def shift_dues(*, subject_id: int, paused_at: datetime, now: datetime) -> int:
    """Give the open steps back the working time that the pause has taken; the number of steps moved.

    Only time allotted inside the office: the legal due date is moved by
    apps.deadlines, with its explanation, and the trail tells of that one. A step
    that was late when the pause began stays as late as it was.
    """
    steps = list(
        Step.objects.select_for_update(of=("self",), no_key=True)
        .filter(subject_id=subject_id, state=StepState.OPEN, due_at__isnull=False)
        .order_by("id")
    )
    for step in steps:
        if step.due_at is None:  # the query has left these out; the type has not
            continue
        calendar = get_calendar(unit_id=step.unit_id, now=now)
        lost = working_time_between(calendar, max(paused_at, step.opened_at), now)
        step.due_at = add_working_hours(calendar, step.due_at, lost / _HOUR)
    if steps:
        Step.objects.bulk_update(steps, ["due_at"])
    return len(steps)
