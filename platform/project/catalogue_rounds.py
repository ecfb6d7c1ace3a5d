"""Periodic work of the national catalogue. It runs at the centre."""

from celery import Task, shared_task
from django.utils import timezone

from apps.catalogue.services import supersede_due
from project.celery import app  # noqa: F401 - the tasks below are its, in a process that is no worker too
from tenants.registry.context import central_context


@shared_task(name="project.catalogue_rounds.note_superseded", base=Task)
def note_superseded() -> None:
    """Bookkeeping after a scheduled version has begun: which one is in force is asked by date, never by this note."""
    with central_context():
        supersede_due(now=timezone.now())
