"""Shared lists of codes: who owns each, what it holds now and what it held."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.catalogue.enums import SharedList
from apps.catalogue.selectors import list_code_lists, list_codes, list_list_versions
from frontend.access import operator

PAGE = 50


@require_safe
@operator
def code_lists(request: HttpRequest) -> HttpResponse:
    known = {one.key: one for one in list_code_lists()}
    rows = [(value, label, known.get(value)) for value, label in SharedList.choices]
    return render(request, "console/catalogue/lists.html", {"rows": rows})


@require_safe
@operator
def code_list(request: HttpRequest, key: str) -> HttpResponse:
    if key not in SharedList.values:
        raise Http404
    text, after = request.GET.get("q", "").strip()[:100], request.GET.get("after", "")[:160]
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    found = list_codes(key, q=text, version=version, after=after, limit=PAGE + 1)
    kept = {name: value for name, value in (("q", text), ("version", version)) if value}
    versions = list_list_versions(key)
    context = {
        "key": key,
        "name": SharedList(key).label,
        "about": next((one for one in list_code_lists() if one.key == key), None),
        "rows": found[:PAGE],
        "text": text,
        "version": version or "",
        "versions": [(one.number, _("bản %(number)s") % {"number": one.number}) for one in versions],
        "history": versions,
        "older": f"?{urlencode(kept | {'after': found[PAGE - 1].code})}" if len(found) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if after else "",
    }
    return render(request, "console/catalogue/list.html", context)
