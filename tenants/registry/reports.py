"""The numbers that tenants tell the centre of themselves, so that a page of the centre reads no tenant's schema."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from tenants.registry.context import central_context, get_current_tenant
from tenants.registry.models import TenantReport


class Report(NamedTuple):
    at: datetime
    figures: Mapping[str, int]


def keep_report(*, figures: Mapping[str, int], now: datetime) -> None:
    """From a tenant's own context, in place of the report before. Raises ValueError for anything but numbers."""
    wrong = sorted(key for key, value in figures.items() if type(value) is not int or value < 0)
    if wrong:
        raise ValueError(f"a report holds counts and seconds only, not {', '.join(wrong)}")
    tenant = get_current_tenant()
    with central_context():
        TenantReport.objects.bulk_create(
            [TenantReport(tenant_id=tenant.id, at=now, figures=dict(figures))],
            update_conflicts=True,
            unique_fields=["tenant"],
            update_fields=["at", "figures"],
        )


def list_reports() -> dict[int, Report]:
    """By the tenant's key. One statement, however many there are."""
    with central_context():
        rows = TenantReport.objects.values_list("tenant_id", "at", "figures")
        return {tenant_id: Report(at, figures) for tenant_id, at, figures in rows}
