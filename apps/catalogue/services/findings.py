"""Door 2: a person answers what an import could not decide."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from jsonschema import Draft202012Validator

from apps.catalogue.content import content_sha256
from apps.catalogue.content_schema import LIMIT
from apps.catalogue.enums import LIST_SCOPE, FindingState, Severity
from apps.catalogue.errors import FindingConfirmed, FindingUnknown, LimitNeeded, NoteNeeded
from apps.catalogue.models import ImportFinding, TemplateVersion
from apps.catalogue.selectors.findings import asks_for_a_limit
from apps.catalogue.services.drafting import lock_draft, lock_version, note_editor
from kernel.actors import Actor


@transaction.atomic
def confirm_finding(
    *, finding_id: int, note: str, by: Actor, now: datetime, limit: dict[str, Any] | None = None
) -> ImportFinding:
    """What was found has been dealt with.

    Raises FindingUnknown, FindingConfirmed, VersionNotDraft, LimitNeeded, NoteNeeded.

    ``limit`` is the rule that a person read in the law, for findings about time limits only: it is written
    into the draft as confirmed. Other findings need a note; a draft itself is mended by update_draft.
    """
    finding, version = _lock_open(finding_id)
    if version is not None and asks_for_a_limit(finding):
        _write_limit(version, finding, limit, by)
    elif not note.strip():
        raise NoteNeeded(field="note")
    return _answer(finding, FindingState.RESOLVED, note, by, now)


@transaction.atomic
def dismiss_finding(*, finding_id: int, note: str, by: Actor, now: datetime) -> ImportFinding:
    """What was found may stay as it is, and the note says why. A time limit is never passed over.

    Raises FindingUnknown, FindingConfirmed, VersionNotDraft, LimitNeeded, NoteNeeded.
    """
    finding, version = _lock_open(finding_id)
    if version is not None and asks_for_a_limit(finding):
        raise LimitNeeded(place=finding.place, field="limit")
    if not note.strip():
        raise NoteNeeded(field="note")
    return _answer(finding, FindingState.DISMISSED, note, by, now)


@transaction.atomic
def assign_findings(*, finding_ids: Sequence[int], owner: str) -> int:
    """Who is to answer them, "" for nobody yet. Answered ones keep their owner. Returns how many were given."""
    return ImportFinding.objects.filter(id__in=finding_ids, state=FindingState.OPEN).update(
        owner=owner.strip()[:120]
    )


def count_blocking(version: TemplateVersion) -> int:
    """Open findings that keep this draft from being published: its own, and those of its code in the national list."""
    open_ones = ImportFinding.objects.filter(state=FindingState.OPEN, severity=Severity.BLOCKING)
    of_the_list = Q(version=None, scope=LIST_SCOPE, code=version.template.code)
    return open_ones.filter(Q(version=version) | of_the_list).count()


def _lock_open(finding_id: int) -> tuple[ImportFinding, TemplateVersion | None]:
    """The draft before its finding: an import locks them in this order, and two must not wait for each other."""
    of_draft = ImportFinding.objects.filter(id=finding_id, version__isnull=False)
    for version_id in of_draft.values_list("version_id", flat=True):
        lock_version(version_id)
    finding = ImportFinding.objects.select_for_update(of=("self",)).filter(id=finding_id).first()
    if finding is None or finding.state == FindingState.GONE:
        raise FindingUnknown
    if finding.state != FindingState.OPEN:
        raise FindingConfirmed(by=finding.confirmed_by)
    return finding, lock_draft(finding.version_id) if finding.version_id else None


def _answer(
    finding: ImportFinding, state: FindingState, note: str, by: Actor, now: datetime
) -> ImportFinding:
    finding.state, finding.confirmed_at, finding.confirmed_by, finding.note = (
        state,
        now,
        by.name,
        note.strip(),
    )
    finding.save()
    return finding


def _write_limit(
    version: TemplateVersion, finding: ImportFinding, limit: dict[str, Any] | None, by: Actor
) -> None:
    confirmed = {"cutoff": None, "legal_ground": "", **(limit or {}), "confirmed": True}
    code = finding.place.removeprefix("cases[").split("]", 1)[0]
    cases = [case for case in version.content["cases"] if case["code"] == code]
    if not cases or not Draft202012Validator(LIMIT).is_valid(confirmed):
        raise LimitNeeded(place=code, field="limit")
    for case in cases:
        case["limit"] = {"source_text": case["limit"].get("source_text", ""), **confirmed}
    version.content_sha256 = content_sha256(version.content)
    note_editor(version, by)
    version.save(update_fields=["content", "content_sha256", "edited_by"])
