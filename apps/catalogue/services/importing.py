"""Door 2: drafts from the national database's own records. All of a file, or nothing of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from apps.catalogue.content import Problem, content_sha256
from apps.catalogue.enums import UNPUBLISHED, VersionState
from apps.catalogue.errors import ImportRefused
from apps.catalogue.models import TemplateVersion
from apps.catalogue.services.drafting import create_draft, update_draft
from apps.catalogue.services.finding_sync import sync_version_findings
from apps.catalogue.source_findings import Finding, find_findings
from apps.catalogue.source_reader import Unreadable, read_records
from apps.catalogue.source_record import record_problems, to_content
from kernel.actors import Actor

MOST_PROBLEMS = 2000  # of a file that is something else altogether


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """``outcome``: CREATED, UPDATED, UNCHANGED, or KEPT (a draft written by hand is not overwritten)."""

    index: int
    code: str
    name: str
    outcome: str
    findings: tuple[Finding, ...]


@transaction.atomic
def import_catalogue(*, stream: BinaryIO, by: Actor, now: datetime) -> list[ImportedRow]:
    """Read ``{"procedures": […]}`` from a seekable stream.

    Every procedure becomes or stays a draft until a person has confirmed its
    findings. Raises ImportRefused with every problem found, and then nothing
    was written. The file is read twice, so that memory does not grow with it.
    """
    problems = list(_problems(stream))
    if problems:
        raise ImportRefused(problems)
    stream.seek(0)
    return [_import_one(index, record, by, now) for index, record in read_records(stream)]


def _problems(stream: BinaryIO) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    count = 0
    try:
        for index, record in read_records(stream):
            for problem in record_problems(record):
                yield Problem(f"procedures[{index}].{problem.place}", problem.code, problem.sentence)
                count += 1
            code = str(record.get("code", "")).strip() if isinstance(record, dict) else ""
            if code and code in seen:
                yield Problem(
                    f"procedures[{index}].code",
                    "import.code_repeated",
                    _("mã {code} đã có ở procedures[{first}]").format(code=code, first=seen[code]),
                )
                count += 1
            seen.setdefault(code, index)
            if count > MOST_PROBLEMS:
                yield Problem("procedures", "import.too_many_problems", _("còn lỗi khác, không liệt kê hết"))
                return
    except Unreadable as error:
        yield Problem(error.place, "import.unreadable", error.why)
        return
    if not seen and not count:
        yield Problem("procedures", "import.empty", _("không có thủ tục nào"))


def _import_one(index: int, record: dict[str, Any], by: Actor, now: datetime) -> ImportedRow:
    code, source = record["code"].strip(), content_sha256(record)
    findings = tuple(find_findings(record))
    content = to_content(record)
    newest = (
        TemplateVersion.objects.select_for_update(of=("self",))
        .filter(template__code=code)
        .order_by("-number")
        .first()
    )
    if newest is None or (newest.state not in UNPUBLISHED and newest.source_sha256 != source):
        version = create_draft(code=code, content=content, by=by, now=now, source_sha256=source)
        outcome = "CREATED"
    elif newest.source_sha256 == source:
        return ImportedRow(index, code, content["name"], "UNCHANGED", findings)
    elif not newest.source_sha256 or newest.state == VersionState.IN_REVIEW:
        return ImportedRow(index, code, content["name"], "KEPT", findings)
    else:
        version = update_draft(version_id=newest.id, content=content, by=by, now=now, source_sha256=source)
        outcome = "UPDATED"
    sync_version_findings(version, findings)
    return ImportedRow(index, code, content["name"], outcome, findings)
