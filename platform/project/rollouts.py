"""Rollouts in the background: started from the console, and carried on after a runner's death or when hours come."""

from celery import Task, shared_task
from django.utils import timezone

from project.celery import app  # noqa: F401 - the task is its, in a process that is no worker too
from tenants.registry.selectors import list_tenants
from tenants.releases.board import read_fleet_shapes
from tenants.releases.enums import RolloutState
from tenants.releases.errors import NoRollout, RunnerBusy
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import find_active_rollout
from tenants.releases.services import reopen_for_latecomers


@shared_task(name="project.rollouts.carry_on", base=Task)
def carry_on() -> None:
    """Runs at the centre and opens its own connections. Does nothing when no rollout runs, or somebody carries it."""
    reopen_for_latecomers(now=timezone.now())
    active = find_active_rollout()
    if active is None or active.state != RolloutState.RUNNING:
        return
    try:
        run_rollout()
    except (NoRollout, RunnerBusy):
        return


@shared_task(name="project.rollouts.look_at_shapes", base=Task)
def look_at_shapes() -> None:
    """Every schema beside its release, once a day: a hand's change is on the boards without anybody asking."""
    read_fleet_shapes(tenants=list_tenants(), now=timezone.now())


def wake() -> None:
    """After a person has started or resumed a rollout: begin now, not at the clock's next round."""
    carry_on.delay()
