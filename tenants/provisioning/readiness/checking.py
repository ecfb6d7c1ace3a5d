"""The ready list, looked at and kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from tenants.provisioning.errors import DataDropped
from tenants.provisioning.models import ReadyCheck
from tenants.provisioning.readiness.checks import Check, Finding, get_checks
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import Tenant

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """``checked_at`` None: nobody has looked yet."""

    key: str
    title: str
    ok: bool
    said: str
    todo: str
    checked_at: datetime | None


def check_ready(*, tenant: Tenant, now: datetime) -> list[Line]:
    """Look at everything anew and keep what was found; green when every line is ``ok``. Raises DataDropped."""
    if tenant.dropped_at is not None:
        raise DataDropped(owner=tenant.name)
    found = {check.key: _look(check, tenant, now) for check in get_checks()}
    with central_context(), transaction.atomic():
        ReadyCheck.objects.filter(tenant_id=tenant.id).exclude(key__in=found).delete()
        for key, one in found.items():
            ReadyCheck.objects.update_or_create(
                tenant_id=tenant.id,
                key=key,
                defaults={
                    "ok": one.ok,
                    "said": one.said[:_LONGEST],
                    "todo": one.todo[:_LONGEST],
                    "checked_at": now,
                },
            )
    return list_ready(tenant=tenant)


def _look(check: Check, tenant: Tenant, now: datetime) -> Finding:
    """Each on its own: one of them goes through the door and comes out at the centre.

    Where a role or a schema is lost, most of them cannot look at all: that is a red line, not the end of the list.
    """
    try:
        with transaction.atomic(), tenant_context(tenant):
            return check.look(tenant, now)
    except DatabaseError as fault:
        why = (str(fault).strip() or type(fault).__name__).splitlines()[0]
        return Finding(
            False,
            _("Không xem được: {why}.").format(why=why),
            _("Sửa các mục về lược đồ và quyền trước, rồi kiểm tra lại."),
        )


def list_ready(*, tenant: Tenant) -> list[Line]:
    """As it was last looked at, in the order of the list; what was never looked at is not ready."""
    with central_context():
        rows = {row.key: row for row in ReadyCheck.objects.filter(tenant_id=tenant.id)}
    lines = []
    for check in get_checks():
        row = rows.get(check.key)
        lines.append(
            Line(
                key=check.key,
                title=str(check.title),
                ok=row is not None and row.ok,
                said=row.said if row else "",
                todo=row.todo if row else "",
                checked_at=row.checked_at if row else None,
            )
        )
    return lines
