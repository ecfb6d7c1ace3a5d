"""For the worker: letters that wait. Safe to run twice and side by side."""

from celery import shared_task
from django.utils import timezone

from apps.notifications import services


@shared_task(name="apps.notifications.deliver_waiting_messages")
def deliver_waiting_messages() -> int:
    return services.deliver_waiting(now=timezone.now())
