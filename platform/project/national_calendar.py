"""The national calendar on its way into each tenant.

The centre keeps it once; a tenant counts with a copy of its own, so that its
due dates can be explained from its own rows. What the centre changes is there
after the next round, and due dates that move are told like any other news.
"""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from apps.catalogue import selectors as catalogue
from apps.deadlines import services as deadlines
from apps.deadlines.enums import DayKind, DaySource
from apps.deadlines.seeding import NationalDay
from kernel.actors import SYSTEM
from tenants.registry.context import central_context


def take_over(*, now: datetime) -> int:
    """In a tenant's context: make its national days those of the centre; returns how many changed."""
    with central_context():
        days = [
            NationalDay(row.date, DayKind(row.kind), row.name, row.ground, DaySource(row.source))
            for row in catalogue.list_national_days()
        ]
    changed = deadlines.copy_national_days(days=days, by=SYSTEM, now=now)
    if changed:
        deadlines.recompute_after_calendar_change(by=SYSTEM, now=now)
    return changed


@shared_task(name="project.national_calendar.round")
def take_over_round() -> None:
    take_over(now=timezone.now())
