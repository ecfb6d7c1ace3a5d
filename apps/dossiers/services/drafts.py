"""Keeping what a clerk has typed until it is handed in. Nobody loses typed data."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from apps.dossiers.models import Draft
from kernel.actors import Actor
from kernel.commands import command
from kernel.ids import uuid7

KEPT_FOR = timedelta(days=14)  # personal data: not longer than a person may need to come back to it


@command
def save_draft(
    *, draft_id: UUID | None, procedure_code: str, content: dict[str, Any], by: Actor, now: datetime
) -> UUID:
    """Write over the author's own draft, or begin one; returns its public id. Somebody else's is never touched."""
    if draft_id is not None:
        changed = Draft.objects.filter(public_id=draft_id, user_id=by.id).update(
            content=content, saved_at=now
        )
        if changed:
            return draft_id
    Draft.objects.filter(user_id=by.id, saved_at__lt=now - KEPT_FOR).delete()
    public_id = uuid7()
    Draft.objects.create(
        public_id=public_id, user_id=by.id, procedure_code=procedure_code, content=content, saved_at=now
    )
    return public_id


@command
def discard_draft(*, draft_id: UUID, by: Actor) -> None:
    Draft.objects.filter(public_id=draft_id, user_id=by.id).delete()
