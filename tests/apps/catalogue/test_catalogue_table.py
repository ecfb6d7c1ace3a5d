"""Reading a CSV: every problem by its line, whatever the file is, in little memory."""

import io
import tracemalloc

import pytest

from apps.catalogue.content import Problem
from apps.catalogue.source_list import COLUMNS, find_row_findings, to_row
from apps.catalogue.source_table import LARGEST_FILE, LONGEST_LINE, Row, read_table
from tests.apps.catalogue.catalogue_lists import ROW, row, table

HEAD = ",".join(COLUMNS).encode() + b"\n"


def read(data: bytes) -> tuple[list[Row], list[str]]:
    found = list(read_table(io.BytesIO(data), columns=COLUMNS))
    rows = [one for one in found if isinstance(one, Row)]
    return rows, [f"{one.place}: {one.code}" for one in found if isinstance(one, Problem)]


def test_read_table_reads_quoted_lines_and_tells_where_a_row_begins() -> None:
    rows, problems = read(table(row(1, name="Hai\ndòng"), row(2, name='Có "ngoặc", phẩy')))
    assert problems == []
    assert [(one.line, one.cells["name"]) for one in rows] == [(2, "Hai\ndòng"), (4, 'Có "ngoặc", phẩy')]


def test_read_table_takes_a_byte_order_mark_and_windows_line_ends() -> None:
    data = table(row(1)).replace(b"\n", b"\r\n")
    rows, problems = read(b"\xef\xbb\xbf" + data)
    assert (len(rows), problems) == (1, [])


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (b"", ["dòng 1: import.empty"]),
        (b'{"procedures": []}', ["dòng 1: import.column_missing"] * 8 + ["dòng 1: import.column_unknown"]),
        (HEAD.replace(b"subjects,", b""), ["dòng 1: import.column_missing"]),
        (HEAD.replace(b"name", b"code"),
         ["dòng 1: import.column_missing", "dòng 1: import.column_repeated"]),
        (HEAD.replace(b"\n", b",x\n"), ["dòng 1: import.column_unknown"]),
        (HEAD + b"a,b\n" + b",".join([b"x"] * 9) + b"\n",
         ["dòng 2: import.wrong_width", "dòng 3: import.wrong_width"]),
        (table(row(1)).decode().encode("utf-16"), ["dòng 1: import.not_utf8"]),
        (table(row(1), row(2)).decode().encode("cp1258", errors="replace"),
         ["dòng 2: import.not_utf8", "dòng 3: import.not_utf8"]),
        (HEAD + b"1\x00,b,c,d,e,f,g,h\n", ["dòng 2: import.nul"]),
        (HEAD + b'1,"b,c,d\n' * 3, ["dòng 2: import.unreadable"]),
        (HEAD + b'"' + b"a\n" * 90_000, ["dòng 2: import.unreadable"]),
        (HEAD + b"1," + b"x" * 8001 + b",c,d,e,f,g,h\n", ["dòng 2, cột name: import.cell_too_long"]),
        (table(row(1, name="=1", type="@a")),
         ["dòng 2, cột name: import.formula_cell", "dòng 2, cột type: import.formula_cell"]),
        (b"\x89PNG\r\n\x1a\n\x00", ["dòng 1: import.not_utf8"] + ["dòng 1: import.column_missing"] * 8
         + ["dòng 1: import.column_unknown"]),
    ],
)  # fmt: skip
def test_read_table_names_every_problem_by_its_line(data: bytes, problems: list[str]) -> None:
    rows, found = read(data)
    assert found == problems
    assert [one for one in rows if "\x00" in one.cells["code"]] == []


class Endless(io.RawIOBase):
    """A head, then one line that never ends."""

    def __init__(self) -> None:
        self.given = 0

    def readline(self, size: int = -1) -> bytes:  # type: ignore[override]
        first, self.given = self.given == 0, self.given + size
        return HEAD if first else b"a" * size


def test_read_table_passes_over_a_line_of_a_hundred_megabytes_in_little_memory() -> None:
    """It stops where a file of any kind stops, at LARGEST_FILE; a line of 100 MB is passed over piece by piece."""
    stream = Endless()
    tracemalloc.start()
    found = list(read_table(stream, columns=COLUMNS))  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.code for one in found if isinstance(one, Problem)] == [
        "import.line_too_long",
        "import.too_large",
    ]
    assert LARGEST_FILE <= stream.given <= LARGEST_FILE + 3 * LONGEST_LINE
    assert peak < 8 * LONGEST_LINE


def kinds(**changes: str) -> dict[str, str]:
    return {finding.place: finding.kind for finding in find_row_findings({**ROW, **changes}, is_agency=None)}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"name": " Thủ tục"}, "STRAY_SPACE"),
        ({"name": "Thủ  tục"}, "STRAY_SPACE"),
        ({"name": "Thủ\ntục"}, "STRAY_SPACE"),
        ({"name": "Thủ\u00a0tục"}, "STRAY_SPACE"),
        ({"name": "t" * 1001}, "NAME_TOO_LONG"),
        ({"code": "1.0133611"}, "CODE_MALFORMED"),
        ({"code": "1.014955-Xoa"}, "CODE_MALFORMED"),
        ({"promulgator": ""}, "PROMULGATOR_MISSING"),
        ({"promulgator": "Bộ xây dựng (Giao thông vận tải cũ)"}, "OBSOLETE_AGENCY"),
        ({"executing": ""}, "EXECUTING_MISSING"),
        ({"executing": "Công an cấp Tỉnh; Công an huyện"}, "OBSOLETE_AGENCY"),
        ({"executing": "Sở Y tế; Sở Y tế"}, "AGENCY_REPEATED"),
        ({"fields": " "}, "FIELD_MISSING"),
        ({"subjects": "nhóm 1"}, "SUBJECTS_UNCLEAR"),
        ({"subjects": ""}, "SUBJECTS_UNCLEAR"),
        ({"type": "X"}, "TYPE_UNKNOWN"),
        ({"state": ""}, "STATE_UNKNOWN"),
    ],
)
def test_find_row_findings_finds_what_only_a_person_may_decide(changes: dict[str, str], kind: str) -> None:
    (place,) = changes
    assert kinds(**changes)[place] == kind
    assert kinds() == {}


def test_find_row_findings_knows_agencies_where_there_is_a_list() -> None:
    found = find_row_findings(ROW, is_agency=lambda name: name == "Bộ Y tế")
    assert [finding.kind for finding in found] == ["PROMULGATOR_UNKNOWN"]
    assert find_row_findings(ROW, is_agency=lambda name: name == "Bộ Tư pháp") == []


def test_to_row_takes_stray_spaces_off() -> None:
    assert to_row({**ROW, "name": "  Thủ\u00a0 tục\n"})["name"] == "Thủ tục"
