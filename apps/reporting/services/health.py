"""Door 2: the word of a tenant to the centre, every few minutes."""

from datetime import datetime

from django.db import transaction

from apps.dossiers.selectors import count_load
from apps.notifications import selectors as notifications
from apps.reporting.judging import SPAN, Health
from kernel.outbox import selectors as outbox
from kernel.valkey import redis
from tenants.registry.context import get_current_tenant
from tenants.registry.figures.reading import read_figures
from tenants.registry.reports import keep_report


def report_health(*, now: datetime) -> Health:
    """Of the current tenant, up to ``now``. Three statements here and one at the centre, whatever its size."""
    since = now - SPAN
    with transaction.atomic():
        load = count_load(now=now)
        news = outbox.read_standing(since=since, until=now)
        letters = notifications.count_failing(since=since, until=now)
    requests, errors = _read_requests(since, now)
    health = Health(
        open=load.open,
        overdue=load.overdue,
        waiting=int(max(0.0, (now - news.oldest).total_seconds())) if news.oldest else 0,
        failing=news.failing + letters,
        requests=requests,
        errors=errors,
    )
    keep_report(figures=health.as_figures(), now=now)
    return health


def _read_requests(since: datetime, until: datetime) -> tuple[int, int]:
    """How many, and how many of them ended in an error of the server; none where nobody counts them."""
    try:
        figures = read_figures(tenant=get_current_tenant(), since=since, until=until).values()
    except redis.RedisError:
        return 0, 0
    return sum(one.requests for one in figures), sum(one.errors for one in figures)
