"""Exports, restores and merges that the console has asked for, carried out by the worker at the centre."""

from uuid import UUID

from celery import Task, shared_task
from django.utils import timezone

from project.celery import app  # noqa: F401 - the task is its, in a process that is no worker too
from tenants.provisioning.working.running import run_work


@shared_task(name="project.tenant_work.run", base=Task)  # at the centre: the tenant may not be there yet
def run(*, public_id: str) -> None:
    run_work(public_id=UUID(public_id), clock=timezone.now)


def wake_work(public_id: UUID) -> None:
    run.delay(public_id=str(public_id))
