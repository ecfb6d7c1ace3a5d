"""Door 2: between the draft and its publishing stands a second person."""

from datetime import datetime

from django.db import transaction

from apps.catalogue.content import find_problems
from apps.catalogue.enums import LogAction
from apps.catalogue.errors import (
    ChangesNotSaid,
    ContentRefused,
    FindingsOpen,
    RemarksNeeded,
    VersionNotInReview,
    refuse,
)
from apps.catalogue.lifecycle import Act, destination
from apps.catalogue.models import TemplateVersion
from apps.catalogue.process_check import check_process
from apps.catalogue.services.drafting import lock_draft, lock_version
from apps.catalogue.services.findings import count_blocking
from apps.catalogue.services.log import write_line
from apps.catalogue.transition import transition_refusals
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def submit_version(*, version_id: int, changes: str, by: Actor, now: datetime) -> TemplateVersion:
    """Hand a finished draft to a second person; until it comes back nobody changes it.

    ``changes``: what this wording changes, and why. Raises VersionUnknown,
    VersionNotDraft, VersionInReview, and all at once ChangesNotSaid, FindingsOpen
    and ContentRefused: nobody reviews what could not be published.
    """
    version = lock_draft(version_id)
    refusals = soundness_refusals(version)
    if not changes.strip():
        refusals.insert(0, ChangesNotSaid(field="changes"))
    refuse(refusals)
    _move(version, Act.SUBMIT)
    version.submitted_at, version.submitted_by = now, by.name
    version.save(update_fields=["state", "submitted_at", "submitted_by"])
    write_line(version, LogAction.SUBMIT, by=by, now=now, note=changes.strip())
    return version


@transaction.atomic
def return_version(*, version_id: int, remarks: str, by: Actor, now: datetime) -> TemplateVersion:
    """Back to a draft, with remarks; its author may take it back in the same way.

    Raises VersionUnknown, VersionNotInReview, RemarksNeeded.
    """
    version = lock_in_review(version_id)
    if not remarks.strip():
        raise RemarksNeeded(field="remarks")
    _move(version, Act.RETURN)
    version.submitted_at, version.submitted_by = None, ""
    version.save(update_fields=["state", "submitted_at", "submitted_by"])
    write_line(version, LogAction.RETURN, by=by, now=now, note=remarks.strip())
    return version


def lock_in_review(version_id: int) -> TemplateVersion:
    """Of two who press at once the second waits here and is then refused."""
    version = lock_version(version_id)
    if destination(version.state, Act.PUBLISH) is None:
        raise VersionNotInReview(template=version.template.code, number=version.number)
    return version


def soundness_refusals(version: TemplateVersion) -> list[DomainError]:
    """What keeps this wording from becoming law, whoever asks."""
    code = version.template.code
    found: list[DomainError] = []
    open_findings = count_blocking(version)
    if open_findings:
        found.append(FindingsOpen(template=code, count=open_findings))
    problems = find_problems(version.content, check_process=check_process)
    if problems:
        found.append(ContentRefused(template=code, problems=problems))
    return [*found, *transition_refusals(version.content)]


def _move(version: TemplateVersion, act: Act) -> None:
    target = destination(version.state, act)
    if target is None:
        raise VersionNotInReview(template=version.template.code, number=version.number)
    version.state = target
