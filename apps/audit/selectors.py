"""Door 1: read the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

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


def count_by_program(*, subject_type: str, action: str, subject_ids: Sequence[int]) -> dict[int, int]:
    """Program (an API client's key) → on how many of these subjects it did this. One statement."""
    rows = Entry.objects.filter(
        subject_type=subject_type, action=action, subject_id__in=subject_ids, actor_kind=ActorKind.CLIENT
    ).exclude(actor_id=None)
    counted = rows.values("actor_id").annotate(count=Count("subject_id", distinct=True))
    return {row["actor_id"]: row["count"] for row in counted}
