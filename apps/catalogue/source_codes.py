"""One row of a shared list of codes: what is stored of it, and what does not fit in the list as a whole. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from apps.catalogue.content import Problem
from apps.catalogue.enums import FindingKind
from apps.catalogue.source_findings import Finding
from apps.catalogue.source_table import cell_place, cell_problems
from kernel.vietnamese import clean

COLUMNS = ("code", "name", "parent", "valid_from", "valid_to", "successor")
_LONGEST = {"code": 160, "name": 1000, "parent": 160, "successor": 160}
CodeRow = dict[str, str]


def code_problems(line: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    """What keeps a row from being a code at all. Days are written 2025-07-01."""
    yield from cell_problems(line, cells, longest=_LONGEST)
    for name in ("valid_from", "valid_to"):
        if cells[name].strip() and _day(cells[name].strip()) is None:
            why = _("không phải ngày dạng 2025-07-01")
            yield Problem(cell_place(line, name), "import.not_a_day", why)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def to_code_row(cells: Mapping[str, str]) -> CodeRow:
    row = {name: clean(cells[name]) for name in COLUMNS}
    for name in ("valid_from", "valid_to"):
        found = _day(row[name])
        row[name] = found.isoformat() if found else ""  # 20250701 and 2025-07-01 are one day
    return row


def find_code_findings(row: CodeRow, everything: Mapping[str, CodeRow], *, complete: bool) -> list[Finding]:
    """``everything``: the list as it would be, code → row. ``complete``: what is not in it does not exist.

    A successor is asked for in any case: without it the list would lead nowhere from that code.
    """
    return [*_about_place(row, everything, complete), *_about_days(row, everything)]


def _about_place(row: CodeRow, everything: Mapping[str, CodeRow], complete: bool) -> Iterator[Finding]:
    if complete and row["parent"] and row["parent"] not in everything:
        yield Finding(FindingKind.PARENT_UNKNOWN, "parent", {"code": row["parent"]})
    if not row["successor"]:
        return
    if row["successor"] not in everything:
        yield Finding(FindingKind.SUCCESSOR_UNKNOWN, "successor", {"code": row["successor"]})
    circle = find_circle(row["code"], everything)
    if circle:
        yield Finding(FindingKind.SUCCESSOR_CYCLE, "successor", {"codes": circle})
    if not row["valid_to"]:
        yield Finding(FindingKind.SUCCESSOR_WITHOUT_END, "valid_to", {"code": row["successor"]})


def _about_days(row: CodeRow, everything: Mapping[str, CodeRow]) -> Iterator[Finding]:
    if row["valid_from"] and row["valid_to"] and row["valid_to"] < row["valid_from"]:
        days = {"valid_from": row["valid_from"], "valid_to": row["valid_to"]}
        yield Finding(FindingKind.DATES_REVERSED, "valid_to", days)
    heir = everything.get(row["successor"])
    if heir and heir["valid_from"] and row["valid_to"] and heir["valid_from"] <= row["valid_to"]:
        days = {"valid_to": row["valid_to"], "code": heir["code"], "valid_from": heir["valid_from"]}
        yield Finding(FindingKind.DATES_OVERLAP, "successor", days)


def find_circle(code: str, everything: Mapping[str, CodeRow]) -> list[str]:
    """The successors from ``code`` back to itself; empty where they end, or go round without it."""
    path, here = [code], everything[code]["successor"]
    while here in everything and here not in path:
        path.append(here)
        here = everything[here]["successor"]
    return path if here == code else []
