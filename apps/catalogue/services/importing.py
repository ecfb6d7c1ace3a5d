"""Door 2: drafts from the national database's own records. All of a file, or nothing of it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from apps.catalogue.content import MOST_PROBLEMS, Problem, content_sha256
from apps.catalogue.enums import ChangeKind, VersionState
from apps.catalogue.errors import ImportRefused
from apps.catalogue.formulas import formula_problems
from apps.catalogue.models import TemplateVersion
from apps.catalogue.services.comparing import Comparison, FileFacts, Seen
from apps.catalogue.services.drafting import create_draft, update_draft
from apps.catalogue.services.finding_sync import sync_version_findings
from apps.catalogue.services.records import RecordRegister, keep_record, renew_content
from apps.catalogue.source_findings import Finding, find_findings
from apps.catalogue.source_reader import Unreadable, read_records
from apps.catalogue.source_record import read_record, record_problems, to_content
from kernel.actors import Actor
from kernel.vietnamese import clean

_DRAFT = "Thành bản nháp; chưa có hiệu lực ở đâu"  # stays with the change
_PIECE = 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """``outcome``: CREATED or UPDATED (a draft), UNCHANGED, KEPT (a draft written by hand is not overwritten),
    PROPOSED (a published procedure would change: a steward decides), or REFUSED (that change was rejected before)."""

    index: int
    code: str
    name: str
    outcome: str
    findings: tuple[Finding, ...]


@transaction.atomic
def import_catalogue(
    *, stream: BinaryIO, by: Actor, now: datetime, file_name: str = "", again: bool = False
) -> list[ImportedRow]:
    """Read full records from a seekable stream: ``{"procedures": […]}``, a list, or one; ours or the portal's.

    A procedure that is not published becomes or stays a draft, until a person has
    answered its findings. For one that is published the change waits for a steward.
    Raises ImportRefused with every problem found, and then nothing was written.
    The file is read twice, so that memory does not grow with it.
    """
    problems = list(_problems(stream))
    if problems:
        raise ImportRefused(problems)
    stream.seek(0)
    work = _Import(FileFacts(file_name or "-", _digest(stream)), again, by, now)
    rows = [work.take(index, read_record(found)) for index, found in read_records(stream)]
    work.finish()
    return rows


def _problems(stream: BinaryIO) -> Iterator[Problem]:
    """Of all records; of more than MOST_PROBLEMS the first ones, and that there are more."""
    found = _every_problem(stream)
    yield from islice(found, MOST_PROBLEMS)
    if next(found, None) is not None:
        yield Problem("procedures", "import.too_many_problems", _("còn lỗi khác, không liệt kê hết"))


def _every_problem(stream: BinaryIO) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    index = -1
    try:
        for index, found in read_records(stream):
            place, record = f"procedures[{index}]", read_record(found)
            yield from formula_problems(found, place)
            for problem in record_problems(record):
                inside = "" if problem.place == "." else f".{problem.place}"
                yield Problem(place + inside, problem.code, problem.sentence)
            code = str(record.get("code", "")).strip() if isinstance(record, dict) else ""
            if code and code in seen:
                why = _("mã {code} đã có ở procedures[{first}]").format(code=code[:80], first=seen[code])
                yield Problem(f"{place}.code", "import.code_repeated", why)
            seen.setdefault(code, index)
    except Unreadable as error:
        yield Problem(error.place, "import.unreadable", error.why)
        return
    if index < 0:
        yield Problem("procedures", "import.empty", _("không có thủ tục nào"))


class _Import:
    """One run over the records of a file."""

    def __init__(self, file: FileFacts, again: bool, by: Actor, now: datetime) -> None:
        self._by, self._now = by, now
        self._comparison = Comparison(RecordRegister(), file=file, whole=False, by=by, now=now, again=again)

    def take(self, index: int, record: Any) -> ImportedRow:
        code, name = record["code"].strip(), clean(record["name"])
        findings = tuple(find_findings(record))
        newest = _lock_newest(code)
        promulgator = newest.template.promulgator_name if newest else ""
        seen = Seen(code, name, promulgator, record, ())
        if newest is None:
            outcome = self._create(seen, findings)
        elif newest.state == VersionState.DRAFT:
            outcome = self._update(newest, seen, findings)
        elif newest.source_sha256 == content_sha256(record):
            self._comparison.note_unchanged()
            outcome = "UNCHANGED"
        else:
            outcome = self._comparison.take([seen], rows=1)[0]
        return ImportedRow(index, code, name, outcome, findings)

    def finish(self) -> None:
        self._comparison.finish()

    def _create(self, seen: Seen, findings: Sequence[Finding]) -> str:
        record = seen.row or {}
        self._comparison.note_taken(seen, kind=ChangeKind.NEW, by=self._by, reason=_DRAFT)
        source = content_sha256(record)
        version = create_draft(
            code=seen.code, content=to_content(record), by=self._by, now=self._now, source_sha256=source
        )
        sync_version_findings(version, findings)
        keep_record(seen.code, record, source, self._by, self._now)
        return "CREATED"

    def _update(self, draft: TemplateVersion, seen: Seen, findings: Sequence[Finding]) -> str:
        record = seen.row or {}
        source = content_sha256(record)
        if draft.source_sha256 in ("", source):
            self._comparison.note_unchanged()
            return "UNCHANGED" if draft.source_sha256 else "KEPT"
        self._comparison.note_taken(seen, kind=ChangeKind.CHANGED, by=self._by, reason=_DRAFT)
        version = update_draft(
            version_id=draft.id,
            content=renew_content(draft, record),
            by=self._by,
            now=self._now,
            source_sha256=source,
        )
        sync_version_findings(version, findings)
        keep_record(seen.code, record, source, self._by, self._now)
        return "UPDATED"


def _lock_newest(code: str) -> TemplateVersion | None:
    return (
        TemplateVersion.objects.select_for_update(of=("self",))
        .select_related("template")
        .filter(template__code=code)
        .order_by("-number")
        .first()
    )


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    stream.seek(0)
    return digest.hexdigest()
