"""Door 2: the national list of procedures, read against the register. All of a file, or nothing of it."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from apps.catalogue.content import Problem, content_sha256
from apps.catalogue.enums import LIST_SCOPE, FindingKind, SharedList
from apps.catalogue.errors import AcceptAllTooLate, ImportRefused
from apps.catalogue.models import ImportRun, SourceProcedure
from apps.catalogue.services.agencies import find_agency_check
from apps.catalogue.services.comparing import BATCH, Comparison, FileFacts, Seen
from apps.catalogue.services.deciding import accept_whole_run
from apps.catalogue.services.digesting import Digest
from apps.catalogue.services.list_register import ListRegister
from apps.catalogue.services.registers import lock_scope
from apps.catalogue.source_findings import Finding
from apps.catalogue.source_list import COLUMNS, find_row_findings, row_problems, same_name_key, to_row
from apps.catalogue.source_table import Row, read_table
from kernel.actors import Actor

MOST_PROBLEMS = 2000  # of a file that is something else altogether
_FIRST = (
    "Nhận toàn bộ lần nhập đầu tiên"  # stays with each change: who, when, and that nobody looked one by one
)
IsAgency = Callable[[str], bool]


@dataclass(slots=True)
class _Known:
    """What only the whole file can tell: which codes stand twice, which names."""

    problems: list[Problem] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    names: defaultdict[bytes, set[str]] = field(default_factory=lambda: defaultdict(set))
    sha256: str = ""


@transaction.atomic
def import_list(
    *,
    stream: BinaryIO,
    file_name: str,
    whole: bool,
    by: Actor,
    now: datetime,
    accept_all: bool = False,
    again: bool = False,
) -> ImportRun:
    """Read the list from a seekable stream; what differs from the register waits for a steward.

    ``whole``: the file is all that the nation has, so what it lacks has been retired. ``accept_all`` takes
    the very first list over at once; ``again`` proposes what was rejected before, too. The file is read
    twice, so that memory does not grow with it. Raises ImportRefused with every problem found, and
    AcceptAllTooLate; then nothing was written.
    """
    lock_scope(LIST_SCOPE)  # before the look: of two first lists at once the second comes too late
    if accept_all and SourceProcedure.objects.exists():
        raise AcceptAllTooLate
    known = _look_through(stream)
    if known.problems:
        raise ImportRefused(known.problems)
    stream.seek(0)
    facts = FileFacts(file_name, known.sha256)
    comparison = Comparison(ListRegister(), file=facts, whole=whole, by=by, now=now, again=again)
    is_agency = find_agency_check(now)
    comparison.run.unchecked = "" if is_agency else SharedList.AGENCIES
    seen = _read(stream, known, is_agency)
    while batch := list(islice(seen, BATCH)):
        comparison.take(batch, rows=sum(known.codes[one.code] for one in batch))
    run = comparison.finish()
    if accept_all:
        accept_whole_run(run, by=by, now=now, reason=_FIRST)
    return run


def _look_through(stream: BinaryIO) -> _Known:
    known, digest = _Known(), Digest(stream)
    for found in read_table(digest, columns=COLUMNS):  # type: ignore[arg-type]  # only readline is asked of it
        problems = [found] if isinstance(found, Problem) else list(row_problems(found.line, found.cells))
        known.problems += problems
        if len(known.problems) > MOST_PROBLEMS:
            known.problems.append(
                Problem("...", "import.too_many_problems", _("còn lỗi khác, không liệt kê hết"))
            )
            return known
        if isinstance(found, Row):
            row = to_row(found.cells)
            known.codes[row["code"]] += 1
            known.names[_short(same_name_key(row))].add(row["code"])
    if not known.codes and not known.problems:
        known.problems.append(Problem("...", "import.empty", _("không có thủ tục nào")))
    known.sha256 = digest.hexdigest()
    return known


def _read(stream: BinaryIO, known: _Known, is_agency: IsAgency | None) -> Iterator[Seen]:
    """Each code once. Rows that share a code are kept until the end, when all of them are known."""
    shared: defaultdict[str, list[Mapping[str, str]]] = defaultdict(list)
    for found in read_table(stream, columns=COLUMNS):
        if isinstance(found, Problem):
            raise ImportRefused([found])  # the file has changed since it was looked through
        code = to_row(found.cells)["code"]
        if known.codes[code] > 1:
            shared[code].append(found.cells)
        else:
            yield _seen(found.cells, known, is_agency)
    for rows in shared.values():
        yield _shared(rows, known, is_agency)


def _seen(cells: Mapping[str, str], known: _Known, is_agency: IsAgency | None) -> Seen:
    row = to_row(cells)
    findings = find_row_findings(cells, is_agency=is_agency)
    others = sorted(known.names[_short(same_name_key(row))] - {row["code"]})
    if others:
        findings.append(Finding(FindingKind.NAME_REPEATED, "name", {"codes": others[:20]}))
    return Seen(row["code"], row["name"], row["promulgator"], dict(row), tuple(findings))


def _shared(rows: list[Mapping[str, str]], known: _Known, is_agency: IsAgency | None) -> Seen:
    """Several rows of one code: the same thing said twice, or nothing that could be proposed."""
    first = _seen(rows[0], known, is_agency)
    different = {content_sha256(to_row(cells)): to_row(cells) for cells in rows}
    if len(different) == 1:
        again = Finding(FindingKind.ROW_REPEATED, "code", {"times": len(rows)})
        return Seen(first.code, first.name, first.promulgator, first.row, (*first.findings, again))
    claims = [{"name": row["name"], "promulgator": row["promulgator"]} for row in different.values()]
    finding = Finding(FindingKind.CODE_REPEATED, "code", {"rows": claims})
    return Seen(first.code, first.name, first.promulgator, None, (finding,))


def _short(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
