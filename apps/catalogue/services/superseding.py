"""Door 2: note that a version has been followed by another. What is in force never depends on this note."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from apps.catalogue.enums import ADOPTABLE, LogAction, VersionState
from apps.catalogue.models import TemplateVersion
from apps.catalogue.services.log import lock_log, write_line
from kernel.actors import SYSTEM, Actor


@transaction.atomic
def supersede_due(*, now: datetime) -> int:
    """For every template whose scheduled version has begun: its forerunners are marked. How many were."""
    today = timezone.localdate(now)
    due = _with_follower_on(today).values_list("template_id", flat=True).distinct()
    if not due:
        return 0
    lock_log()
    return sum(supersede_before(template_id, by=SYSTEM, now=now) for template_id in sorted(due))


def supersede_before(template_id: int, *, by: Actor, now: datetime) -> int:
    """Inside the caller's transaction, which holds the lock of the log."""
    followed = _with_follower_on(timezone.localdate(now)).filter(template_id=template_id)
    versions = list(followed.select_for_update(of=("self",)).order_by("number"))
    for version in versions:
        version.state, version.superseded_at = VersionState.SUPERSEDED, now
        version.save(update_fields=["state", "superseded_at"])
        write_line(version, LogAction.SUPERSEDE, by=by, now=now, note="")
    return len(versions)


def _with_follower_on(today: date) -> QuerySet[TemplateVersion]:
    followers = TemplateVersion.objects.filter(
        template_id=OuterRef("template_id"),
        number__gt=OuterRef("number"),
        state__in=ADOPTABLE,
        effective_from__lte=today,
    )
    return TemplateVersion.objects.filter(Exists(followers), state=VersionState.PUBLISHED)
