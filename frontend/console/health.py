"""How a tenant is doing, as the fleet's table and the tenant's page tell it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from apps.reporting.enums import HealthState
from apps.reporting.selectors import Health, HealthView
from frontend.filters import date_short, thousands
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant

TONES = {
    HealthState.GOOD: "done",
    HealthState.WATCH: "near",
    HealthState.BAD: "late",
    HealthState.SILENT: "late",
}
_MINUTE, _HOUR = 60, 3600


def health_of(tenant: Tenant, told: Mapping[int, HealthView]) -> HealthView | None:
    """None where nobody works, so nothing is told: being prepared, suspended, retired; or not told yet."""
    return told.get(tenant.id) if tenant.state == TenantState.READY else None


def count_states(tenants: Iterable[Tenant], told: Mapping[int, HealthView]) -> Counter[str]:
    return Counter(found.state.value for one in tenants if (found := health_of(one, told)) is not None)


def percent(value: float | None) -> str:
    """``12,5 %``; a share of nothing is empty."""
    return "" if value is None else f"{value:.1f} %".replace(".", ",")


def waited(seconds: int) -> str:
    """A length of time for a column: ``0 giây``, ``12 phút``, ``3 giờ``."""
    if seconds < _MINUTE:
        return _("{seconds} giây").format(seconds=seconds)
    if seconds < _HOUR:
        return _("{minutes} phút").format(minutes=seconds // _MINUTE)
    return _("{hours} giờ").format(hours=thousands(seconds // _HOUR))


def health_pairs(view: HealthView) -> list[tuple[str, str]]:
    """All of it, for the tenant's page. What is 0 is told as well: it is what one wants to read."""
    health: Health = view.health
    overdue = thousands(health.overdue) + (f" ({percent(health.overdue_percent)})" if health.open else "")
    return [
        (_("Hồ sơ đang giải quyết"), thousands(health.open)),
        (_("Trong đó quá hạn"), overdue),
        (_("Tin chờ lâu nhất"), waited(health.waiting)),
        (_("Không gửi được, 15 phút"), thousands(health.failing)),
        (_("Lượt truy cập, 15 phút"), thousands(health.requests)),
        (_("Lỗi máy chủ, 15 phút"), thousands(health.errors)),
        (_("Báo về lúc"), date_short(view.at)),
    ]
