"""The ready list, looked at and kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tenants.provisioning.models import ReadyCheck
from tenants.provisioning.readiness.checks import Finding, get_checks
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
    """Look at everything anew and keep what was found; green when every line is ``ok``."""
    found: dict[str, Finding] = {}
    for check in get_checks():
        with tenant_context(
            tenant
        ):  # each on its own: one of them goes through the door and comes out at the centre
            found[check.key] = check.look(tenant, now)
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
