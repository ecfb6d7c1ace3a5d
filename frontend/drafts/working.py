"""One visit to one section of a draft, the same in every room: show, add a row, or save."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from frontend.drafts.fields import Section
from frontend.drafts.reading import Row, blank_row, first_rows, read_section, typed_rows
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visit:
    """``added``: the number of the row that was just added, 0 for none. ``saved``: the page is to be asked for anew."""

    rows: list[Row]
    problems: Problems
    added: int = 0
    saved: bool = False

    def as_context(self, section: Section, content: Content, request: HttpRequest, *, seen: str) -> Content:
        """What ``drafts/_section`` needs but for the room's own. ``seen`` names the draft as the page shows it."""
        asked_for_done = request.method == "GET" and request.GET.get("done") == "saved"
        return {
            "section": section,
            "rows": self.rows,
            "options": {one.name: one.options(content) for one in section.fields if one.options},
            "problems": self.problems,
            "added": self.added,
            "seen": request.POST.get("seen", seen),
            "done": _("Đã lưu bản nháp.") if asked_for_done else "",
        }


def visit(
    request: HttpRequest, section: Section, content: Content, *, save: Callable[[Content], object]
) -> Visit:
    """``save`` keeps the new content where the draft lives; what it refuses is laid beside the fields."""
    if request.method != "POST":
        return Visit(first_rows(section, content), Problems())
    rows = typed_rows(section, request.POST)
    if request.POST.get("do") == "add":
        rows.append(blank_row(section, len(rows), content))
        return Visit(rows, Problems(), added=len(rows))
    read = read_section(section, rows, content)
    if read.problems:
        return Visit(rows, read.problems)
    try:
        save(read.content)
    except DomainError as refused:
        return Visit(rows, laid_out(refused, set()))
    return Visit(rows, Problems(), saved=True)
