"""``manage.py tenant health``: how everybody is, as the fleet's page tells it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.reporting.enums import HealthState
from apps.reporting.selectors import list_health
from apps.reporting.services import report_health
from frontend.console.health import health_of, percent, waited
from frontend.filters import thousands
from tenants.registry.context import tenant_context
from tenants.registry.enums import TenantState
from tenants.registry.selectors import list_tenants

TROUBLED = 2  # the exit code, for whoever watches by a script: somebody has a fault or is silent
_GRAVE = {HealthState.BAD, HealthState.SILENT}


def add(sub: Any) -> None:
    health = sub.add_parser(
        "health",
        help="sức khỏe từng bộ, tỉnh: hồ sơ đang giải quyết, quá hạn, tin chờ, lỗi; mã thoát 2 khi có sự cố",
    )
    health.add_argument(
        "--now", action="store_true", help="đếm lại ngay, không chờ lần báo của tiến trình nền"
    )
    health.set_defaults(run=_run)


def _run(options: dict[str, Any], say: Callable[[str], None]) -> int:
    now = timezone.now()
    if options["now"]:
        for tenant in list_tenants(only_ready=True):
            with tenant_context(tenant):
                report_health(now=now)
    told, troubled = list_health(now=now), False
    for tenant in list_tenants():
        if tenant.state != TenantState.READY:
            continue
        found = health_of(tenant, told)
        if found is None:
            say("\t".join((tenant.code, _("chưa báo về"), tenant.name)))
            continue
        troubled |= found.state in _GRAVE
        say(
            _("{code}\t{state}\tđang giải quyết {open}\tquá hạn {overdue}\ttin chờ {waiting}\t{name}").format(
                code=tenant.code,
                state=found.state.label,
                open=thousands(found.health.open),
                overdue=percent(found.health.overdue_percent) or "–",
                waiting=waited(found.health.waiting),
                name=tenant.name,
            )
        )
        for said in found.why:
            say(f"\t{said}")
    return TROUBLED if troubled else 0
