"""Door 2: a shared list of codes, read against what we hold of it. All of a file, or nothing of it."""

from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from apps.catalogue.content import Problem
from apps.catalogue.enums import SharedList, scope_of
from apps.catalogue.errors import AcceptAllTooLate, ImportRefused, ListUnknown, OwnerNeeded
from apps.catalogue.models import Code, CodeList, ImportRun
from apps.catalogue.selectors.code_lists import is_whole_list
from apps.catalogue.services.code_register import CodeRegister, to_row
from apps.catalogue.services.comparing import BATCH, Comparison, FileFacts, Seen
from apps.catalogue.services.deciding import accept_whole_run
from apps.catalogue.services.digesting import Digest
from apps.catalogue.services.registers import lock_scope
from apps.catalogue.source_codes import COLUMNS, CodeRow, code_problems, find_code_findings, to_code_row
from apps.catalogue.source_table import read_table
from kernel.actors import Actor

MOST_PROBLEMS = 2000
_FIRST = "Nhận toàn bộ lần nhập đầu tiên"


@transaction.atomic
def import_codes(
    *,
    stream: BinaryIO,
    key: str,
    file_name: str,
    whole: bool,
    by: Actor,
    now: datetime,
    owner: str = "",
    source: str = "",
    accept_all: bool = False,
    again: bool = False,
) -> ImportRun:
    """What differs from the list as it stands waits for a steward; a code is never taken away by a part.

    ``owner``: the body whose list it is, needed the first time; ``source``: the decision or address it is taken
    from. Raises ListUnknown, OwnerNeeded, AcceptAllTooLate, and ImportRefused with every problem found; then
    nothing was written.
    """
    if key not in SharedList.values:
        raise ListUnknown(key=key, known=", ".join(SharedList.values))
    lock_scope(scope_of(key))  # before the look: of two first lists at once the second comes too late
    codes = CodeList.objects.filter(key=key).first()
    if codes is None and not owner.strip():
        raise OwnerNeeded(field="owner")
    if accept_all and Code.objects.filter(list__key=key).exists():
        raise AcceptAllTooLate
    rows, sha256 = _read(stream)
    _name_list(codes, key, owner, source, now)
    comparison = Comparison(
        CodeRegister(key), file=FileFacts(file_name, sha256), whole=whole, by=by, now=now, again=again
    )
    everything = rows if whole else {**_standing(key), **rows}
    complete = whole or is_whole_list(key)
    if not complete and any(row["parent"] and row["parent"] not in everything for row in rows.values()):
        comparison.run.unchecked = key
    seen = (_seen(row, everything, complete) for row in rows.values())
    while batch := list(islice(seen, BATCH)):
        comparison.take(batch, rows=len(batch))
    run = comparison.finish()
    if accept_all:
        accept_whole_run(run, by=by, now=now, reason=_FIRST)
    return run


def _read(stream: BinaryIO) -> tuple[dict[str, CodeRow], str]:
    """All of the list: successors can only be looked up in the whole."""
    digest = Digest(stream)
    rows: dict[str, CodeRow] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for found in read_table(digest, columns=COLUMNS):  # type: ignore[arg-type]  # only readline is asked of it
        if isinstance(found, Problem):
            problems.append(found)
            continue
        problems += code_problems(found.line, found.cells)
        row = to_code_row(found.cells)
        if row["code"] in rows:
            problems.append(_repeated(found.line, row["code"], lines[row["code"]]))
        rows.setdefault(row["code"], row)
        lines.setdefault(row["code"], found.line)
        if len(problems) > MOST_PROBLEMS:
            problems.append(Problem("...", "import.too_many_problems", _("còn lỗi khác, không liệt kê hết")))
            break
    if not rows and not problems:
        problems.append(Problem("...", "import.empty", _("không có mã nào")))
    if problems:
        raise ImportRefused(problems)
    return rows, digest.hexdigest()


def _repeated(line: int, code: str, first: int) -> Problem:
    why = _("mã {code} đã có ở dòng {first}").format(code=code[:80], first=first)
    return Problem(_("dòng {line}, cột {name}").format(line=line, name="code"), "import.code_repeated", why)


def _name_list(codes: CodeList | None, key: str, owner: str, source: str, now: datetime) -> None:
    if codes is None:
        CodeList.objects.create(
            key=key, owner=owner.strip()[:250], source=source.strip()[:500], created_at=now
        )
        return
    codes.owner = owner.strip()[:250] or codes.owner
    codes.source = source.strip()[:500] or codes.source
    codes.save()


def _standing(key: str) -> dict[str, CodeRow]:
    living = Code.objects.filter(list__key=key, until_version=None)
    return {one.code: to_row(one) for one in living.iterator()}


def _seen(row: CodeRow, everything: dict[str, CodeRow], complete: bool) -> Seen:
    findings = find_code_findings(row, everything, complete=complete)
    return Seen(row["code"], row["name"], "", dict(row), tuple(findings))
