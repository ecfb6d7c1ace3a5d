"""One row of the national list: what is stored of it, and what only a person may decide about it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from apps.catalogue.content import Problem
from apps.catalogue.enums import FindingKind
from apps.catalogue.source_findings import Finding
from apps.catalogue.source_table import cell_problems
from kernel.vietnamese import clean, fold

COLUMNS = ("code", "name", "fields", "promulgator", "executing", "subjects", "type", "state")
TYPES = ("STANDARD", "SPECIFIC", "STANDARD_INTERNAL")
STATES = ("ACTIVE", "UPDATED")
LONGEST_NAME = 1000  # of a template
_LONGEST = {"code": 160, "promulgator": 250, "type": 40, "state": 40}
_CODE = re.compile(r"[0-9]\.[0-9]{6}(\.[A-Z0-9]+)*")
# "(Giao thông vận tải cũ)"; the district level ended on 1 July 2025 (two-tier local government).
_OBSOLETE = re.compile(r"\([^()]*\bcũ\)|\bhuyện\b", re.IGNORECASE)
# The subject types of the portal, word for word.
SUBJECTS = frozenset(
    {
        "Công dân Việt Nam",
        "Công dân Việt Nam mà không xác định được nơi thường trú hoặc nơi tạm trú",
        "Người Việt Nam định cư ở nước ngoài",
        "Người nước ngoài",
        "Người nước ngoài cư trú tại Việt Nam",
        "Người nước ngoài đã cư trú tại Việt Nam",
        "Cán bộ, công chức, viên chức",
        "Đảng viên",
        "Doanh nghiệp",
        "Doanh nghiệp Việt Nam",
        "Doanh nghiệp có vốn đầu tư nước ngoài",
        "Hợp tác xã",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Tổ chức Đảng",
        "Tổ chức nước ngoài",
    }
)


def row_problems(line: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    """What keeps a row from being a procedure at all."""
    yield from cell_problems(line, cells, longest=_LONGEST)


def to_row(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: clean(cells[name]) for name in COLUMNS}


def find_row_findings(cells: Mapping[str, str], *, is_agency: Callable[[str], bool] | None) -> list[Finding]:
    """``is_agency`` answers for the name of a promulgating agency; None where there is no list of agencies yet."""
    row = to_row(cells)
    return [
        *_about_text(cells, row),
        *_about_code(row),
        *_about_agencies(row, is_agency),
        *_about_words(row),
    ]


def _about_text(cells: Mapping[str, str], row: Mapping[str, str]) -> Iterator[Finding]:
    for name in COLUMNS:
        if re.search(r"^\s|\s$|\s\s|[^\S ]", cells[name]):
            yield Finding(FindingKind.STRAY_SPACE, name, {"text": cells[name][:500]})
    if len(row["name"]) > LONGEST_NAME:
        yield Finding(FindingKind.NAME_TOO_LONG, "name", {"length": len(row["name"])})


def _about_code(row: Mapping[str, str]) -> Iterator[Finding]:
    if not _CODE.fullmatch(row["code"]):
        yield Finding(FindingKind.CODE_MALFORMED, "code", {"code": row["code"]})


def _about_agencies(row: Mapping[str, str], is_agency: Callable[[str], bool] | None) -> Iterator[Finding]:
    promulgator, executing = row["promulgator"], row["executing"]
    if not promulgator:
        yield Finding(FindingKind.PROMULGATOR_MISSING, "promulgator")
    elif is_agency is not None and not is_agency(promulgator):
        yield Finding(FindingKind.PROMULGATOR_UNKNOWN, "promulgator", {"name": promulgator})
    if not executing:
        yield Finding(FindingKind.EXECUTING_MISSING, "executing")
    for name in ("promulgator", "executing"):
        old = [one for one in row[name].split("; ") if _OBSOLETE.search(one)]
        if old:
            yield Finding(FindingKind.OBSOLETE_AGENCY, name, {"names": old})
    twice = [one for one, count in Counter(executing.split("; ")).items() if count > 1]
    if twice:
        yield Finding(FindingKind.AGENCY_REPEATED, "executing", {"names": twice})


def _about_words(row: Mapping[str, str]) -> Iterator[Finding]:
    if not row["fields"]:
        yield Finding(FindingKind.FIELD_MISSING, "fields")
    strange = [one for one in row["subjects"].split("; ") if one not in SUBJECTS]
    if strange:
        yield Finding(FindingKind.SUBJECTS_UNCLEAR, "subjects", {"names": strange})
    if row["type"] not in TYPES:
        yield Finding(FindingKind.TYPE_UNKNOWN, "type", {"found": row["type"]})
    if row["state"] not in STATES:
        yield Finding(FindingKind.STATE_UNKNOWN, "state", {"found": row["state"]})


def same_name_key(row: Mapping[str, str]) -> str:
    return f"{fold(row['name'])}\n{fold(row['promulgator'])}"
