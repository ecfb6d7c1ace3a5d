"""Carrying news out of the outbox: woken by a commit, and by the clock for what is left."""

from celery import shared_task
from django.utils import timezone

from kernel.outbox.services import deliver_waiting
from tenants.registry.context import find_current_tenant, tenant_context
from tenants.registry.selectors import list_tenants


@shared_task(name="project.relay.deliver")
def deliver() -> int:
    """Deliver what waits in the current tenant."""
    # Imported late: the page of subscriptions imports every room that listens.
    from project.subscriptions import SUBSCRIBERS

    return deliver_waiting(subscribers=SUBSCRIBERS, now=timezone.now())


def kick() -> None:
    """After a commit: ask the worker to deliver now. The clock's round is the safety net."""
    if find_current_tenant() is not None:
        deliver.delay()


def kick_every_tenant() -> None:
    """The clock's round: each tenant that is ready gets a task of its own."""
    for tenant in list_tenants(only_ready=True):
        with tenant_context(tenant):
            deliver.delay()
