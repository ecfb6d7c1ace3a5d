"""Door 1: read the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from apps.audit.models import Entry
from kernel.actors import ActorKind


@dataclass(frozen=True, slots=True)
class EntryView:
    id: int
    at: datetime
    actor_kind: str
    actor_name: str
    action: str
    before: dict[str, Any]
    after: dict[str, Any]
    note: str


def list_entries(
    *, subject_type: str, subject_id: int, after_id: int = 0, limit: int = 500
) -> list[EntryView]:
    """Of one subject, oldest first, a keyset page after ``after_id``."""
    rows = (
        Entry.objects.filter(subject_type=subject_type, subject_id=subject_id, id__gt=after_id)
        .order_by("id")
        .values_list("id", "at", "actor_kind", "actor_name", "action", "before", "after", "note")
    )
    return [EntryView(*row) for row in rows[:limit]]


def program_of(*, subject_type: str, action: str, subject: OuterRef) -> Subquery:
    """The program (an API client's key) that did this to a subject, NULL when none did: for another room's question.

    One look into the index of the trail for each row of it.
    """
    rows = Entry.objects.filter(
        subject_type=subject_type, subject_id=subject, action=action, actor_kind=ActorKind.CLIENT
    )
    return Subquery(rows.order_by("id").values("actor_id")[:1])
