"""Onboardings that the console has started, carried out by the worker at the centre."""

from uuid import UUID

from celery import Task, shared_task
from django.utils import timezone

from project.celery import app  # noqa: F401 - the task is its, in a process that is no worker too
from tenants.provisioning.onboarding.jobs import run_job


@shared_task(name="project.onboarding_jobs.run", base=Task)  # at the centre: there may be no tenant yet
def run(*, public_id: str) -> None:
    run_job(public_id=UUID(public_id), clock=timezone.now)


def wake_onboarding(public_id: UUID) -> None:
    run.delay(public_id=str(public_id))
