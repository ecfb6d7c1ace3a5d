"""Reads a CSV row by row in little memory: every row that can be read, and every problem by its line.

Strict: UTF-8, the columns that are asked for and no others, as many cells as there are columns, no formulas.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from apps.catalogue.content import Problem
from apps.catalogue.formulas import formula_problem
from kernel.vietnamese import clean

LARGEST_FILE = 256 * 1024 * 1024  # bytes
LONGEST_LINE = 1024 * 1024  # bytes; the longest of the national list has 3,000
LONGEST_CELL = 8000  # characters
MOST_ROWS = 200_000


def cell_place(line: int, name: str) -> str:
    return _("dòng {line}, cột {name}").format(line=line, name=name)


def cell_problems(line: int, cells: Mapping[str, str], *, longest: Mapping[str, int]) -> Iterator[Problem]:
    """What no list can do without, a code and a name, and what does not fit: ``longest`` in characters, by column."""
    for name in ("code", "name"):
        if not cells[name].strip():
            yield Problem(cell_place(line, name), "import.cell_blank", _("không được để trống"))
    for name, most in longest.items():
        if len(clean(cells[name])) > most:
            why = _("dài quá {most} ký tự").format(most=most)
            yield Problem(cell_place(line, name), "import.cell_too_long", why)


@dataclass(frozen=True, slots=True)
class Row:
    line: int  # of the file, where the row begins; the head is line 1
    cells: dict[str, str]


def read_table(stream: BinaryIO, *, columns: Sequence[str]) -> Iterator[Row | Problem]:
    """Problems stand among the rows where they were met; after one that spoils the rest, nothing follows."""
    lines = _Lines(stream)
    reader = csv.reader(lines, strict=True)
    width, count, line = 0, 0, 1
    try:
        for cells in reader:
            yield from lines.take_problems()
            if not width:
                head = [cell.strip().lower() for cell in cells]
                problems = list(_head_problems(head, columns))
                yield from problems
                if problems:
                    return
                width = len(head)
            elif cells:
                count += 1
                if count > MOST_ROWS:
                    yield _problem(line, "import.too_many_rows", _("tệp có quá nhiều dòng"))
                    return
                yield from _row(line, head, cells)
            line = reader.line_num + 1
    except csv.Error:
        yield from lines.take_problems()
        why = _("dấu ngoặc kép không khớp hoặc ô quá dài, từ đây trở đi không đọc được")
        yield _problem(line, "import.unreadable", why)
        return
    yield from lines.take_problems()
    if not width and not lines.failed:
        yield _problem(1, "import.empty", _("tệp rỗng"))


def _row(line: int, head: list[str], cells: list[str]) -> Iterator[Row | Problem]:
    if len(cells) != len(head):
        why = _("có {found} ô, phải là {expected}").format(found=len(cells), expected=len(head))
        yield _problem(line, "import.wrong_width", why)
        return
    long = [name for name, cell in zip(head, cells, strict=True) if len(cell) > LONGEST_CELL]
    for name in long:
        why = _("ô dài quá {most} ký tự").format(most=LONGEST_CELL)
        yield Problem(cell_place(line, name), "import.cell_too_long", why)
    for name, cell in zip(head, cells, strict=True):
        problem = formula_problem(cell_place(line, name), cell) if name not in long else None
        if problem:
            yield problem
    if not long:
        yield Row(line, dict(zip(head, cells, strict=True)))


def _head_problems(head: list[str], columns: Sequence[str]) -> Iterator[Problem]:
    for name in columns:
        if name not in head:
            yield _problem(1, "import.column_missing", _("thiếu cột {name}").format(name=name))
    for name in dict.fromkeys(head):
        if name not in columns:
            yield _problem(1, "import.column_unknown", _("cột lạ: {name}").format(name=name[:80] or "?"))
        if head.count(name) > 1:
            yield _problem(1, "import.column_repeated", _("cột {name} lặp lại").format(name=name[:80]))


def _problem(line: int, code: str, why: str) -> Problem:
    return Problem(_("dòng {line}").format(line=line), code, why)


class _Lines:
    """Decoded lines for the CSV parser, one for each line of the file; what is wrong with one is noted here."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._number, self._bytes = stream, 0, 0
        self._problems: list[Problem] = []
        self.failed = False

    def __iter__(self) -> Iterator[str]:
        while raw := self._stream.readline(LONGEST_LINE + 1):
            self._number += 1
            self._bytes += len(raw)
            if self._number == 1 and raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
                self._note("import.not_utf8", _("tệp mang mã UTF-16; hãy lưu lại bằng UTF-8"))
                return
            if len(raw) > LONGEST_LINE:
                self._note("import.line_too_long", _("dòng dài quá một triệu byte"))
                raw = self._skip_line(raw)
            if self._bytes > LARGEST_FILE:
                self._note("import.too_large", _("tệp quá lớn"))
                return
            yield self._decode(raw)

    def take_problems(self) -> list[Problem]:
        found, self._problems = self._problems, []
        return found

    def _skip_line(self, raw: bytes) -> bytes:
        """To the end of an overlong line, a piece at a time: none of it is kept."""
        while raw and not raw.endswith(b"\n") and self._bytes <= LARGEST_FILE:
            raw = self._stream.readline(LONGEST_LINE)
            self._bytes += len(raw)
        return b"\n"

    def _decode(self, raw: bytes) -> str:
        if b"\x00" in raw:
            self._note("import.nul", _("có ký tự NUL"))
            raw = raw.replace(b"\x00", b" ")
        try:
            return raw.decode("utf-8-sig" if self._number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            why = _("byte thứ {at} không phải UTF-8").format(at=error.start + 1)
            self._note("import.not_utf8", why)
            return raw.decode("utf-8", errors="replace")

    def _note(self, code: str, why: str) -> None:
        self.failed = True
        self._problems.append(_problem(self._number, code, why))
