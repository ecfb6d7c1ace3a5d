"""What a tenant's own people do to its upgrades stands in the tenant's trail; tenants.releases knows no trail."""

from datetime import datetime
from typing import Any

from apps.audit.services import record
from kernel.actors import Actor


def trace_upgrade(by: Actor, action: str, facts: dict[str, Any], now: datetime) -> None:
    record(by=by, action=action, subject_type="upgrade", subject_id=None, now=now, after=facts)
