"""What a gate between rings looks at: the whole list on one page.

Less is better in every number. Each limit is made of the number before, with a
floor under it, so that one slow page in a quiet hour holds nobody up.
"""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.notifications import selectors as notifications
from kernel.outbox import selectors as outbox
from project.smoke.steps import Step
from tenants.registry.context import tenant_context
from tenants.registry.figures.reading import FEWEST_REQUESTS, Figures, read_figures
from tenants.registry.models import Tenant
from tenants.releases.gates import Figure, Measure, Noted

_ERROR_FLOOR_PERCENT = 1.0
_SLOW_FLOOR_MILLISECONDS = 400.0
_SLOW_UNKNOWN_BEFORE = 2000.0
_QUEUE_FLOOR_SECONDS = 120.0
_FAILING_FLOOR = 2.0


@lru_cache(maxsize=1)
def _figures(tenant: Tenant, since: datetime, until: datetime) -> dict[str, Figures]:
    """Two measures read the same of a tenant, one after the other: it is asked for once."""
    return read_figures(tenant=tenant, since=since, until=until)


class _Sending(NamedTuple):
    oldest: datetime | None
    news: int
    letters: int


_SENDING = f"SELECT ({outbox.OLDEST}), ({outbox.FAILING}), ({notifications.FAILING})"


@lru_cache(maxsize=1)
def _sending(tenant: Tenant, since: datetime, until: datetime) -> _Sending:
    """As above: one look into the tenant's schema for two measures, in one statement."""
    with tenant_context(tenant), connection.cursor() as cursor:
        cursor.execute(_SENDING, {"since": since, "until": until})
        return _Sending(*cursor.fetchone())


def read_error_rate(tenant: Tenant, since: datetime, until: datetime) -> dict[str, Figure]:
    """Percent of the tenant's requests that were answered with 5xx, of all classes together."""
    figures = _figures(tenant, since, until).values()
    requests, errors = sum(one.requests for one in figures), sum(one.errors for one in figures)
    if requests < FEWEST_REQUESTS:
        return {"": Noted(None, gettext("Chỉ có {count} lượt truy cập.").format(count=requests))}
    note = gettext("{errors} lỗi trong {count} lượt truy cập.").format(errors=errors, count=requests)
    return {"": Noted(100 * errors / requests, note)}


def read_slowness(tenant: Tenant, since: datetime, until: datetime) -> dict[str, Figure]:
    """Milliseconds that 95 of 100 requests of each page class did not exceed, to within a seventh."""
    return {
        page_class: Noted(
            one.p95 if one.requests >= FEWEST_REQUESTS else None,
            gettext("{count} lượt truy cập.").format(count=one.requests),
        )
        for page_class, one in _figures(tenant, since, until).items()
    }


def read_queue_age(tenant: Tenant, since: datetime, until: datetime) -> dict[str, Figure]:
    """Seconds since the oldest waiting row was written; 0 when nothing waits. Of this moment, whatever the span."""
    oldest = _sending(tenant, since, until).oldest
    return {"": max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0}


def read_failing(tenant: Tenant, since: datetime, until: datetime) -> dict[str, Figure]:
    found = _sending(tenant, since, until)
    return {"news": float(found.news), "letters": float(found.letters)}


def read_smoke(tenant: Tenant, since: datetime, until: datetime) -> dict[str, Figure]:
    if (
        not settings.SMOKE_ADDRESS
    ):  # asked before the rooms are loaded: no server is there to be walked through
        unknown = gettext("Không kiểm tra được: {why}.").format(
            why=gettext("chưa khai địa chỉ máy chủ web để kiểm tra")
        )
        return {"": Noted(1.0 if settings.SMOKE_REQUIRED else None, unknown)}
    # Imported late: it walks through every room, and only a gate needs it.
    from project.smoke.measure import read_smoke as read

    return read(tenant, since, until)


def smoke_limit(before: float | None) -> float:
    """No step may break, whatever it was before."""
    return 0.0


def error_limit(before: float | None) -> float:
    """Half as much again as before, and never stricter than one in a hundred."""
    return max(_ERROR_FLOOR_PERCENT, 1.5 * (before or 0.0))


def slowness_limit(before: float | None) -> float:
    """Twice what it was; the floor is what nobody notices."""
    return _SLOW_UNKNOWN_BEFORE if before is None else max(_SLOW_FLOOR_MILLISECONDS, 2 * before)


def queue_limit(before: float | None) -> float:
    return max(_QUEUE_FLOOR_SECONDS, 3 * (before or 0.0))


def failing_limit(before: float | None) -> float:
    """The span before is seldom the shorter one: its number is already generous."""
    return max(_FAILING_FLOOR, before or 0.0)


PAGE_CLASSES = {
    "citizen": _("trang người dân"),
    "desk": _("trang cán bộ"),
    "setup": _("trang thiết lập"),
    "api": _("giao diện lập trình"),
    "entrance": _("đăng nhập"),
}
MEASURES: tuple[Measure, ...] = (
    Measure(
        key="error-rate",
        title=_("Tỉ lệ lỗi máy chủ (5xx)"),
        unit="%",
        read=read_error_rate,
        limit=error_limit,
    ),
    Measure(
        key="p95",
        title=_("Thời gian đáp ứng (p95)"),
        unit="ms",
        read=read_slowness,
        limit=slowness_limit,
        subjects=PAGE_CLASSES,
    ),
    Measure(
        key="smoke",
        title=_("Kiểm tra thử"),
        unit=_("lần hỏng"),
        read=read_smoke,
        limit=smoke_limit,
        subjects=dict(Step.choices),
        bad_when_unreadable=True,
    ),
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
        title=_("Không gửi được (tin và thư; chưa có kết nối ngoài)"),
        unit=_("lần"),
        read=read_failing,
        limit=failing_limit,
        subjects={"news": _("tin"), "letters": _("thư")},
    ),
)
