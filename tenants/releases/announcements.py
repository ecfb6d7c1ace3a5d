"""What the centre has to say to the people of a tenant right now."""

from datetime import datetime

from django.utils import timezone

from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases.kept import Kept
from tenants.releases.models import Announcement


def _read() -> list[Announcement]:
    with central_context():
        standing = Announcement.objects.filter(withdrawn_at__isnull=True, shown_to__gt=timezone.now())
        return list(standing.order_by("-shown_from", "-id"))


_standing = Kept(_read)


def list_for(*, tenant: Tenant, audience: str, now: datetime) -> list[Announcement]:
    """Newest first. No statement when warm; a new one is seen within half a minute everywhere."""
    return [
        one
        for one in _standing.get()
        if one.shown_from <= now < one.shown_to
        and audience in one.audience
        and is_for(one, code=tenant.code, ring=tenant.ring)
    ]


def is_for(one: Announcement, *, code: str, ring: str) -> bool:
    """Neither rings nor tenants named: for everybody."""
    return (not one.rings and not one.tenants) or ring in one.rings or code in one.tenants


def list_announcements(*, before_id: int | None = None, limit: int = 50) -> list[Announcement]:
    """Newest first, those that are over as well; a keyset page by ``before_id``."""
    with central_context():
        found = Announcement.objects.order_by("-id")
        if before_id is not None:
            found = found.filter(id__lt=before_id)
        return list(found[:limit])


def forget_announcements() -> None:
    """After a change made by this process."""
    _standing.forget()
