"""What do you need? One search field, and the way to a dossier that is under way."""

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.catalogue.selectors import ProcedureFilter, search_procedures
from apps.procedures.selectors import (
    AdoptedView,
    list_by_codes,
    list_fields,
    list_procedures,
    list_similar,
)
from apps.reporting.selectors import list_most_used

_FIRST = 10
_BETWEEN_AGENCIES = "STANDARD_INTERNAL"
_PAGE = 30


class ElsewhereRow(NamedTuple):
    code: str
    name: str
    executing: str
    promulgator: str


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate(timezone.now())
    rows, most_used = _first_rows(today)
    context = {
        "rows": rows[:_FIRST],
        "has_more": len(rows) > _FIRST,
        "most_used": most_used,
        "fields": list_fields(on=today),
    }
    return render(request, "citizen/landing/page.html", context)


def _first_rows(today: date) -> tuple[list[AdoptedView], bool]:
    """One more than is shown. The most used, filled up by code; by code alone where nothing was counted yet."""
    used = list_by_codes(list_most_used(limit=_FIRST), on=today)
    known = {row.code for row in used}
    rest = list_procedures(on=today, limit=2 * _FIRST + 1).rows
    return [*used, *(row for row in rest if row.code not in known)][: _FIRST + 1], bool(used)


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Found without marks, and in spite of a slip; a page of its own, so that it works without JavaScript."""
    today = timezone.localdate(timezone.now())
    text, field = request.GET.get("q", "").strip()[:200], request.GET.get("field", "")[:40]
    page = list_procedures(
        on=today, q=text, field=field, after=request.GET.get("after", "")[:60], limit=_PAGE
    )
    asked: dict[str, Any] = {name: value for name, value in (("q", text), ("field", field)) if value}
    lost = bool(text) and not page.rows
    context = {
        "rows": page.rows,
        "similar": list_similar(on=today, q=text, field=field) if lost else [],
        "elsewhere": _elsewhere(text, today) if lost else [],
        "text": text,
        "field": field,
        "fields": list_fields(on=today),
        "older": f"?{urlencode(asked | {'after': page.after})}" if page.after else "",
        "newer": f"?{urlencode(asked)}" if request.GET.get("after") else "",
    }
    return render(request, "citizen/landing/procedures.html", context)


def _elsewhere(text: str, today: date) -> list[ElsewhereRow]:
    """What the nation has of that name and this place does not receive: who asks here is told where to go.

    Procedures between agencies are not for the public.
    """
    found = search_procedures(ProcedureFilter(q=text), limit=2 * _FIRST).rows
    here = {row.code for row in list_by_codes([one.code for one in found], on=today)}
    return [
        ElsewhereRow(one.code, one.name, one.executing, one.promulgator)
        for one in found
        if one.code not in here and one.type != _BETWEEN_AGENCIES
    ][:_FIRST]
