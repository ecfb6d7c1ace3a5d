"""Which draft a page of the counter writes into, and how it goes when the dossier is handed in."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from apps.dossiers import services
from frontend.access import StaffRequest
from kernel.http.idempotency import was_done

_UNDER_WAY = timedelta(minutes=1)


def scope_of(request: StaffRequest) -> str:
    """Of the keys of this person's forms: a form is handed in once."""
    return f"desk:intake:{request.actor.id}"


def drafts_of(request: StaffRequest) -> Iterator[UUID]:
    """The draft that the page knows, then the one that is begun under the form's own key.

    The key is there from the first letter on, so the dossier takes its draft away
    also when it is handed in before the first saving has answered.
    """
    yield from filter(None, (uuid_of(request.POST.get(name)) for name in ("draft_id", "idempotency_key")))


def discard_drafts(request: StaffRequest) -> None:
    for draft_id in drafts_of(request):
        services.discard_draft(draft_id=draft_id, by=request.actor)


def was_just_handed_in(request: StaffRequest) -> bool:
    """Asked after saving: a saving that was under way when the dossier was received leaves nothing behind.

    Whoever goes back to the old page later and types on is saved as ever.
    """
    key = request.POST.get("idempotency_key", "")
    return was_done(scope=scope_of(request), key=key, since=request.now - _UNDER_WAY)


def uuid_of(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
