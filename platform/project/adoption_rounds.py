"""Versions whose last day is over: each tenant that lags takes over for itself what needs no decision."""

from contextlib import suppress

from celery import Task, shared_task
from django.db import transaction
from django.utils import timezone

from apps.catalogue import selectors as catalogue
from apps.procedures.services import adopt_required
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from project.celery import app  # noqa: F401 - the tasks are its, in a process that is no worker too
from tenants.registry.acts import record_act
from tenants.registry.context import get_current_tenant, tenant_context
from tenants.registry.selectors import list_tenants

BY = Actor(kind=ActorKind.SYSTEM, id=None, name="Hệ thống, khi hết hạn áp dụng")


@shared_task(name="project.adoption_rounds.adopt")
def adopt(*, code: str, reason: str) -> None:
    """In the current tenant. The act stands in the trail of the tenant and in that of the centre, or in neither.

    What the new version refuses of this tenant's own stays the tenant's to mend: it goes on with what it has.
    """
    now = timezone.now()
    with suppress(DomainError), transaction.atomic():
        adopted = adopt_required(code=code, reason=reason, by=BY, now=now)
        if adopted is not None:
            record_act(
                by=BY,
                action="template.adopted_by_deadline",
                now=now,
                tenant_code=get_current_tenant().code,
                reason=reason,
                facts={"template": code, "version": adopted.template_number},
            )


@shared_task(name="project.adoption_rounds.adopt_overdue", base=Task)
def adopt_overdue() -> None:
    """At the centre: who has adopted the procedure, but not yet the required version, gets a task of its own."""
    due = catalogue.list_due(on=timezone.localdate())
    if not due:
        return
    for tenant in list_tenants(only_ready=True):
        for one in due:
            if one.adopted.get(tenant.code, one.number) < one.number:
                with tenant_context(tenant):
                    adopt.delay(code=one.code, reason=one.reason)
