"""Door 2: a person answers what an import could not decide."""

from datetime import datetime
from typing import Any

from django.db import transaction
from jsonschema import Draft202012Validator

from apps.catalogue.content import content_sha256
from apps.catalogue.content_schema import LIMIT
from apps.catalogue.enums import LIMIT_FINDINGS
from apps.catalogue.errors import FindingConfirmed, FindingUnknown, LimitNeeded, NoteNeeded
from apps.catalogue.models import ImportFinding, TemplateVersion
from apps.catalogue.services.drafting import lock_draft, note_editor
from kernel.actors import Actor


@transaction.atomic
def confirm_finding(
    *, finding_id: int, note: str, by: Actor, now: datetime, limit: dict[str, Any] | None = None
) -> ImportFinding:
    """``limit`` is the rule that a person read in the law, for findings about time limits only.

    It is written into the draft as confirmed. Other findings need a note, and the
    draft itself is mended by update_draft. Raises FindingUnknown,
    FindingConfirmed, VersionNotDraft, LimitNeeded, NoteNeeded.
    """
    finding = ImportFinding.objects.select_for_update(of=("self",)).filter(id=finding_id).first()
    if finding is None:
        raise FindingUnknown
    if finding.confirmed_at is not None:
        raise FindingConfirmed(by=finding.confirmed_by)
    version = lock_draft(finding.version_id)
    if finding.kind in LIMIT_FINDINGS and finding.place.startswith("cases["):
        _write_limit(version, finding, limit, by)
    elif not note.strip():
        raise NoteNeeded
    finding.confirmed_at, finding.confirmed_by, finding.note = now, by.name, note
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
