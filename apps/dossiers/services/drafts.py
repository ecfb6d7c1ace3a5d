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
    """Write over the author's own draft, or begin one under ``draft_id``; returns its public id.

    Two savings that begin one draft at the same moment leave one. Somebody else's is never touched.
    """
    public_id = draft_id or uuid7()
    own = Draft.objects.filter(public_id=public_id, user_id=by.id)
    if own.update(content=content, saved_at=now):
        return public_id
    Draft.objects.filter(user_id=by.id, saved_at__lt=now - KEPT_FOR).delete()
    draft = Draft(
        public_id=public_id, user_id=by.id, procedure_code=procedure_code, content=content, saved_at=now
    )
    Draft.objects.bulk_create([draft], ignore_conflicts=True)
    if own.exists():
        return public_id
    draft.public_id = uuid7()
    draft.save(force_insert=True)
    return draft.public_id


@command
def discard_draft(*, draft_id: UUID, by: Actor) -> None:
    Draft.objects.filter(public_id=draft_id, user_id=by.id).delete()
