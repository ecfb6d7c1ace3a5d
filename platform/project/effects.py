"""Each tenant works out for itself what a national version would do there, and tells the centre the numbers."""

from celery import shared_task
from django.utils import timezone

from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from apps.dossiers.selectors import figures_of, measure_effect
from project.celery import app  # noqa: F401 - the task is its, in a process that is no worker too
from tenants.registry.context import get_current_tenant, tenant_context
from tenants.registry.selectors import list_tenants


@shared_task(name="project.effects.measure")
def measure(*, request_id: int) -> None:
    """In the current tenant. Safe to run twice: the later answer stands."""
    asked, now = catalogue.get_asked(request_id), timezone.now()
    effect = measure_effect(code=asked.code, content=asked.content, on=timezone.localdate(now))
    catalogue_services.report_effect(
        request_id=request_id, tenant_code=get_current_tenant().code, figures=figures_of(effect), now=now
    )


def wake_effect(request_id: int) -> None:
    """After the commit of a question: every tenant that was asked gets a task of its own."""
    waiting = set(catalogue.list_waiting(request_id))
    for tenant in list_tenants(only_ready=True):
        if tenant.code in waiting:
            with tenant_context(tenant):
                measure.delay(request_id=request_id)


def measure_effect_now(request_id: int) -> None:
    """One tenant after the other, here: for a command."""
    waiting = set(catalogue.list_waiting(request_id))
    for tenant in list_tenants(only_ready=True):
        if tenant.code in waiting:
            with tenant_context(tenant):
                measure.run(request_id=request_id)
