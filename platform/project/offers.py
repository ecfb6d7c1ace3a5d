"""After a version was opened: each tenant of its rings gets a note of what differs for it, one after the other."""

from celery import Task, shared_task
from django.db import DatabaseError
from django.utils import timezone

from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from apps.procedures.selectors import DifferenceCounter
from kernel.errors import DomainError
from project.celery import app  # noqa: F401 - the task is its, in a process that is no worker too
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant
from tenants.registry.selectors import list_tenants


@shared_task(name="project.offers.note", base=Task)  # at the centre: it goes from tenant to tenant
def note(*, run_id: int) -> None:
    """Safe to run twice: who has a note of this run gets no second one. A tenant that fails stops nobody."""
    run = catalogue.get_offer_run_by_id(run_id)
    if run.state == "DONE":
        return
    places = [one for one in list_tenants(only_ready=True) if one.ring in run.rings]
    catalogue_services.begin_run(run_id=run_id, total=len(places))
    counter = DifferenceCounter(catalogue.get_version_detail(run.code, run.number).content)
    noted, failed = catalogue.list_noted(run_id), []
    for place in places:
        if place.code in noted:
            continue
        try:
            _note(place, run_id, run.code, counter)
        except (DatabaseError, DomainError):
            failed.append(place.code)
    catalogue_services.finish_run(run_id=run_id, failed=failed, now=timezone.now())


def _note(place: Tenant, run_id: int, code: str, counter: DifferenceCounter) -> None:
    now = timezone.now()
    with tenant_context(place):
        counted = counter.count(code=code, on=timezone.localdate(now))
        catalogue_services.note_offer(
            run_id=run_id,
            tenant_code=place.code,
            changes=counted[0] if counted else None,
            conflicts=counted[1] if counted else None,
            now=now,
        )


def wake_offer(run_id: int) -> None:
    note.delay(run_id=run_id)
