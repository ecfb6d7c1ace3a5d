"""Door 2: make a wording the law of the house, or end it. Going back is a new publish."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from apps.catalogue.content import find_problems
from apps.catalogue.enums import LogAction, VersionState
from apps.catalogue.errors import ContentRefused, FindingsOpen, VersionNotPublished
from apps.catalogue.models import PublishLog, TemplateVersion
from apps.catalogue.process_check import check_process
from apps.catalogue.services.drafting import lock_draft, lock_version, write_headings
from apps.catalogue.services.offering import PILOTS, open_to
from kernel.actors import Actor


@transaction.atomic
def publish(
    *,
    version_id: int,
    effective_from: date,
    by: Actor,
    now: datetime,
    legal_basis: str = "",
    rings: Sequence[str] = PILOTS,
) -> TemplateVersion:
    """From now on the tenants of these rings may adopt this version, and nobody changes it any more.

    The other rings get it by offer_version, once the pilots are content. Raises
    VersionUnknown, VersionNotDraft, FindingsOpen (a person must confirm first),
    RingUnclear, and ContentRefused with every problem by its place.
    """
    version = lock_draft(version_id)
    code = version.template.code
    open_findings = version.findings.filter(confirmed_at__isnull=True).count()
    if open_findings:
        raise FindingsOpen(template=code, count=open_findings)
    problems = find_problems(version.content, check_process=check_process)
    if problems:
        raise ContentRefused(template=code, problems=problems)
    version.state = VersionState.PUBLISHED
    version.effective_from, version.legal_basis = effective_from, legal_basis
    version.published_at, version.published_by = now, by.name
    version.save()
    write_headings(version.template, version.content)
    _log(version, LogAction.PUBLISH, by, now, legal_basis)
    open_to(version, rings, by=by, now=now)
    return version


@transaction.atomic
def retire(*, version_id: int, ground: str, by: Actor, now: datetime) -> TemplateVersion:
    """No new adoption of this version. Tenants that run it go on until they adopt another."""
    version = lock_version(version_id)
    if version.state != VersionState.PUBLISHED:
        raise VersionNotPublished(template=version.template.code, number=version.number)
    version.state, version.retired_at = VersionState.RETIRED, now
    version.save(update_fields=["state", "retired_at"])
    _log(version, LogAction.RETIRE, by, now, ground)
    return version


def _log(version: TemplateVersion, action: LogAction, by: Actor, now: datetime, note: str) -> None:
    PublishLog.objects.create(
        version=version,
        action=action,
        content_sha256=version.content_sha256,
        effective_from=version.effective_from,
        at=now,
        by_name=by.name,
        note=note,
    )
