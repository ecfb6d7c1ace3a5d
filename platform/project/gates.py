"""What a gate between rings looks at: the whole list on one page.

Less is better in every number. Each limit is made of the number before, with a
floor under it, so that one slow page in a quiet hour holds nobody up.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.notifications import selectors as notifications
from kernel.outbox import selectors as outbox
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant
from tenants.releases.gates import Figure, Measure

_QUEUE_FLOOR_SECONDS = 120.0
_FAILING_FLOOR = 2.0


def read_queue_age(tenant: Tenant, since: datetime, until: datetime) -> dict[str, Figure]:
    """Seconds since the oldest waiting row was written; 0 when nothing waits. Of this moment, whatever the span."""
    with tenant_context(tenant), transaction.atomic():
        oldest = outbox.find_oldest_waiting()
    return {"": max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0}


def read_failing(tenant: Tenant, since: datetime, until: datetime) -> dict[str, Figure]:
    with tenant_context(tenant), transaction.atomic():
        news = outbox.count_failing(since=since, until=until)
        letters = notifications.count_failing(since=since, until=until)
    return {"news": float(news), "letters": float(letters)}


def queue_limit(before: float | None) -> float:
    return max(_QUEUE_FLOOR_SECONDS, 3 * (before or 0.0))


def failing_limit(before: float | None) -> float:
    """The span before is seldom the shorter one: its number is already generous."""
    return max(_FAILING_FLOOR, before or 0.0)


MEASURES: tuple[Measure, ...] = (
    Measure(
        key="queue-age",
        title=_("Tin cũ nhất còn chờ chuyển"),
        unit=_("giây"),
        read=read_queue_age,
        limit=queue_limit,
    ),
    Measure(
        # Until apps.integrations is there, what leaves the house is news to the rooms and letters to people.
        key="failed-sync",
        title=_("Gửi đi không được (tin và thư; chưa có kết nối ngoài)"),
        unit=_("lần"),
        read=read_failing,
        limit=failing_limit,
        subjects={"news": _("tin"), "letters": _("thư")},
    ),
)
