"""Door 2: the centre requires that a version is adopted by a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from apps.catalogue.enums import ADOPTABLE, LogAction
from apps.catalogue.errors import (
    DeadlineBeforeEffect,
    DeadlineInThePast,
    DeadlineReasonNeeded,
    NotOpenToEveryRing,
    VersionNotPublished,
    refuse,
)
from apps.catalogue.models import AdoptionDeadline
from apps.catalogue.services.drafting import lock_version
from apps.catalogue.services.log import write_line
from kernel.actors import Actor
from kernel.errors import DomainError
from tenants.registry.acts import record_act
from tenants.registry.enums import Ring


@transaction.atomic
def require_adoption(
    *, version_id: int, due_on: date, reason: str, by: Actor, now: datetime
) -> AdoptionDeadline:
    """``due_on`` is the last day. A day that was set before is replaced; both stand in the log.

    Raises VersionUnknown, VersionNotPublished, and all at once
    DeadlineReasonNeeded, DeadlineInThePast, DeadlineBeforeEffect, NotOpenToEveryRing.
    """
    version = lock_version(version_id)
    if version.state not in ADOPTABLE or version.effective_from is None:
        raise VersionNotPublished(template=version.template.code, number=version.number)
    refusals: list[DomainError] = []
    if not reason.strip():
        refusals.append(DeadlineReasonNeeded(field="reason"))
    if due_on < timezone.localdate(now):
        refusals.append(DeadlineInThePast(field="due_on", date=f"{due_on:%d/%m/%Y}"))
    if due_on < version.effective_from:
        refusals.append(
            DeadlineBeforeEffect(
                field="due_on", date=f"{due_on:%d/%m/%Y}", other=f"{version.effective_from:%d/%m/%Y}"
            )
        )
    if set(Ring.values) - set(version.offers.values_list("ring", flat=True)):
        refusals.append(NotOpenToEveryRing(number=version.number))
    refuse(refusals)
    deadline, _ = AdoptionDeadline.objects.update_or_create(
        version=version,
        defaults={"due_on": due_on, "reason": reason.strip(), "set_at": now, "set_by": by.name},
    )
    note = f"{due_on.isoformat()}: {reason.strip()}"
    write_line(version, LogAction.REQUIRE, by=by, now=now, note=note)
    facts = {"template": version.template.code, "version": version.number, "due_on": due_on.isoformat()}
    record_act(by=by, action="template.required", now=now, reason=reason.strip(), facts=facts)
    return deadline
