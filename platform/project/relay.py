"""Carrying news out of the outbox: woken by a commit, and by the clock for what is left."""

from celery import Task, shared_task
from django.utils import timezone

from apps.forms import services as forms
from apps.notifications import services as notifications
from apps.reporting.services import count_durations, report_health
from kernel.files.services import remove_unclaimed
from kernel.http.idempotency import forget_old
from kernel.outbox.services import deliver_waiting
from project.celery import app  # noqa: F401 - the tasks below are its, in a process that is no worker too
from project.national_calendar import take_over_round
from tenants.registry.context import find_current_tenant, tenant_context
from tenants.registry.selectors import list_tenants


@shared_task(name="project.relay.deliver")
def deliver() -> None:
    """Deliver what waits in the current tenant."""
    # Imported late: the page of subscriptions imports every room that listens.
    from project.subscriptions import SUBSCRIBERS

    deliver_waiting(subscribers=SUBSCRIBERS, now=timezone.now())


@shared_task(name="project.relay.letters")
def letters() -> None:
    """Send what waits to be sent in the current tenant."""
    notifications.deliver_waiting(now=timezone.now())


@shared_task(name="project.relay.clean")
def clean() -> None:
    """Drop what a tenant no longer needs to remember, and bytes that no row claims."""
    forget_old(now=timezone.now())
    forms.forget_expired(now=timezone.now())
    remove_unclaimed(now=timezone.now())


@shared_task(name="project.relay.count")
def count() -> None:
    """The figures that are counted by night, of the current tenant."""
    count_durations(now=timezone.now())


@shared_task(name="project.relay.report")
def report() -> None:
    """What the current tenant tells the centre of itself: numbers only."""
    report_health(now=timezone.now())


def kick() -> None:
    """After a commit: ask the worker to deliver now. The clock's round is the safety net."""
    if find_current_tenant() is not None:
        deliver.delay()


def send_letters() -> None:
    """After a commit that has told somebody something."""
    letters.delay()


# Those below hand out work and touch no tenant's data: they are the only tasks that run at the centre.
@shared_task(name="project.relay.kick_every_tenant", base=Task)
def kick_every_tenant() -> None:
    _for_every_tenant(deliver)


@shared_task(name="project.relay.letters_every_tenant", base=Task)
def letters_every_tenant() -> None:
    """Letters that a mail server put off, or whose wake-up was lost."""
    _for_every_tenant(letters)


@shared_task(name="project.relay.clean_every_tenant", base=Task)
def clean_every_tenant() -> None:
    _for_every_tenant(clean)


@shared_task(name="project.relay.calendar_every_tenant", base=Task)
def calendar_every_tenant() -> None:
    _for_every_tenant(take_over_round)


@shared_task(name="project.relay.count_every_tenant", base=Task)
def count_every_tenant() -> None:
    _for_every_tenant(count)


@shared_task(name="project.relay.report_every_tenant", base=Task)
def report_every_tenant() -> None:
    _for_every_tenant(report)


def _for_every_tenant(task: Task) -> None:
    for tenant in list_tenants(only_ready=True):
        with tenant_context(tenant):
            task.delay()
