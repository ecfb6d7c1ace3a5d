"""What do you need? One search field, and the way to a dossier that is under way."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.procedures.selectors import list_fields, list_procedures

_FIRST = 10
_PAGE = 30


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate(timezone.now())
    page = list_procedures(on=today, limit=_FIRST)
    context = {"rows": page.rows, "has_more": page.after is not None, "fields": list_fields(on=today)}
    return render(request, "citizen/landing/page.html", context)


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Found without marks; a page of its own, so that it works without JavaScript."""
    today = timezone.localdate(timezone.now())
    text, field = request.GET.get("q", "").strip()[:200], request.GET.get("field", "")[:40]
    page = list_procedures(
        on=today, q=text, field=field, after=request.GET.get("after", "")[:60], limit=_PAGE
    )
    asked: dict[str, Any] = {name: value for name, value in (("q", text), ("field", field)) if value}
    context = {
        "rows": page.rows,
        "text": text,
        "field": field,
        "fields": list_fields(on=today),
        "older": f"?{urlencode(asked | {'after': page.after})}" if page.after else "",
        "newer": f"?{urlencode(asked)}" if request.GET.get("after") else "",
    }
    return render(request, "citizen/landing/procedures.html", context)
