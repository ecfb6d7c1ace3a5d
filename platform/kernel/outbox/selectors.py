"""How the outbox is doing: for gates and boards, never for a page of a person."""

from datetime import datetime

from django.db.models import Min, Q

from kernel.outbox.models import OutboxEvent


def find_oldest_waiting() -> datetime | None:
    """When the oldest row was written that is neither delivered nor given up; None: nothing waits."""
    oldest: datetime | None = OutboxEvent.objects.filter(next_attempt_at__isnull=False).aggregate(
        oldest=Min("created_at")
    )["oldest"]
    return oldest


def count_failing(*, since: datetime, until: datetime) -> int:
    """News of that time that a subscriber has failed on and that still waits, and what was given up in it."""
    waiting = Q(next_attempt_at__isnull=False, attempts__gt=0, created_at__gte=since, created_at__lt=until)
    given_up = Q(gave_up_at__gte=since, gave_up_at__lt=until)
    return OutboxEvent.objects.filter(waiting | given_up).count()
