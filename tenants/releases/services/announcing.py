"""Door 2: a word of the centre to the people of some tenants."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import DomainError
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.releases.announcements import forget_announcements
from tenants.releases.enums import Audience
from tenants.releases.errors import (
    AnnouncementEndsTooEarly,
    AnnouncementUnknown,
    AudienceUnknown,
    TextMissing,
)
from tenants.releases.models import Announcement
from tenants.releases.reach import clean_codes, clean_rings, reach_refusals, refuse


@transaction.atomic
def announce(
    *,
    title: str,
    body: str,
    audience: Sequence[str],
    rings: Sequence[str],
    tenants: Sequence[str],
    shown_from: datetime,
    shown_to: datetime,
    by: Actor,
    now: datetime,
) -> Announcement:
    """Neither rings nor tenants: for all of them.

    Raises TextMissing, AudienceUnknown, AnnouncementEndsTooEarly, RingUnknown,
    TenantUnknown; several as Refusals.
    """
    title, body, codes = title.strip()[:200], body.strip(), clean_codes(tenants)
    refusals: list[DomainError] = []
    if not title:
        refusals.append(TextMissing(what=_("tiêu đề của thông báo"), field="title"))
    if not audience or set(audience) - set(Audience.values):
        refusals.append(AudienceUnknown(field="audience"))
    if shown_to <= max(shown_from, now):
        refusals.append(AnnouncementEndsTooEarly(field="shown_to"))
    with central_context():
        refuse(refusals + reach_refusals(rings=rings, codes=codes))
        made = Announcement.objects.create(
            title=title,
            body=body,
            audience=sorted(set(audience)),
            rings=clean_rings(rings),
            tenants=codes,
            shown_from=shown_from,
            shown_to=shown_to,
            created_at=now,
            created_by=by.name,
        )
        facts = {
            "id": made.id,
            "title": title,
            "rings": made.rings,
            "tenants": codes,
            "audience": made.audience,
        }
        record_act(by=by, action="announcement.made", now=now, facts=facts)
    forget_announcements()
    transaction.on_commit(forget_announcements)
    return made


@transaction.atomic
def withdraw(*, announcement_id: int, by: Actor, now: datetime) -> Announcement:
    """It is shown no longer, and stays in the list. Raises AnnouncementUnknown."""
    with central_context():
        found = (
            Announcement.objects.select_for_update(of=("self",))
            .filter(id=announcement_id, withdrawn_at__isnull=True)
            .first()
        )
        if found is None:
            raise AnnouncementUnknown
        found.withdrawn_at = now
        found.save(update_fields=["withdrawn_at"])
        record_act(
            by=by, action="announcement.withdrawn", now=now, facts={"id": found.id, "title": found.title}
        )
    forget_announcements()
    transaction.on_commit(forget_announcements)
    return found
