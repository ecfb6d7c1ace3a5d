"""Door 2: add to the trail."""

from datetime import datetime
from typing import Any

from apps.audit.models import Entry
from kernel.actors import Actor


def record(
    *,
    by: Actor,
    action: str,
    subject_type: str,
    subject_id: int | None,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
) -> Entry:
    """One line, in the running transaction: it stands or falls with the change it tells of."""
    return Entry.objects.create(
        at=now,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        before=before or {},
        after=after or {},
        note=note,
    )
