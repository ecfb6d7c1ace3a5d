"""Work after commit."""

from celery import shared_task
from django.utils import timezone

from apps.deadlines.services import recompute_after_calendar_change
from kernel.actors import SYSTEM
from tenants.registry.tasks import TenantTask


@shared_task(base=TenantTask)
def recompute_due_dates() -> None:
    """Safe to run twice: the second run finds nothing left."""
    recompute_after_calendar_change(by=SYSTEM, now=timezone.now())
