"""Door 2: a tenant tells the centre why it has not adopted a version yet."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.catalogue.enums import DeferralReason
from apps.catalogue.errors import (
    DeferralBehindDeadline,
    DeferralInThePast,
    DeferralReasonNeeded,
    DeferralUnknown,
    DeferralWordsNeeded,
    refuse,
)
from apps.catalogue.models import AdoptionDeadline, AdoptionDeferral, TemplateVersion
from apps.catalogue.services.adoptable import get_adoptable
from kernel.actors import Actor
from kernel.errors import DomainError
from tenants.registry.context import central_context


@transaction.atomic
def report_deferral(
    *, tenant_code: str, version: UUID, reason: str, words: str, until: date, by: Actor, now: datetime
) -> None:
    """Called by the tenant inside its own transaction. Said again, the later word stands.

    ``until`` may not lie behind a last day that is still to come: a word does not move it. Once that
    day is over the tenant may still say when it will be done. Raises VersionUnknown,
    VersionNotPublished, and all at once DeferralReasonNeeded, DeferralWordsNeeded,
    DeferralInThePast, DeferralBehindDeadline.
    """
    with central_context():
        found = get_adoptable(version)
        deadline = AdoptionDeadline.objects.filter(version=found).first()
        refuse(list(_problems(reason, words, until, deadline, timezone.localdate(now))))
        AdoptionDeferral.objects.update_or_create(
            tenant_code=tenant_code,
            version=found,
            defaults={
                "reason": reason,
                "words": words.strip(),
                "until": until,
                "said_at": now,
                "said_by": by.name,
                "ended_at": None,
            },
        )


@transaction.atomic
def withdraw_deferral(*, tenant_code: str, version: UUID, now: datetime) -> None:
    """Raises DeferralUnknown when no word of this tenant about the version stands."""
    with central_context():
        standing = AdoptionDeferral.objects.filter(
            tenant_code=tenant_code, version__public_id=version, ended_at=None
        )
        if not standing.update(ended_at=now):
            raise DeferralUnknown


def end_deferrals(*, tenant_code: str, version: TemplateVersion, now: datetime) -> None:
    """At the centre: what this tenant has adopted it no longer defers, nor any version before it."""
    AdoptionDeferral.objects.filter(
        tenant_code=tenant_code,
        version__template_id=version.template_id,
        version__number__lte=version.number,
        ended_at=None,
    ).update(ended_at=now)


def _problems(
    reason: str, words: str, until: date, deadline: AdoptionDeadline | None, today: date
) -> Iterator[DomainError]:
    if reason not in DeferralReason.values:
        yield DeferralReasonNeeded(field="reason")
    elif reason == DeferralReason.OTHER and not words.strip():
        yield DeferralWordsNeeded(field="words")
    if until < today:
        yield DeferralInThePast(field="until", date=f"{until:%d/%m/%Y}")
    elif deadline is not None and today <= deadline.due_on < until:
        yield DeferralBehindDeadline(
            field="until", date=f"{until:%d/%m/%Y}", due=f"{deadline.due_on:%d/%m/%Y}"
        )
