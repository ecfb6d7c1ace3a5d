"""National templates: versions, what a person must still confirm, and who runs which."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.catalogue.enums import FindingKind, LogAction, VersionState
from apps.catalogue.selectors import (
    get_template,
    list_adoptions,
    list_findings,
    list_publish_log,
    list_templates,
)
from frontend.access import operator
from tenants.registry.selectors import list_tenants

PAGE = 50


@require_safe
@operator
def templates(request: HttpRequest) -> HttpResponse:
    text, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    state = state if state in VersionState.values else ""
    after = request.GET.get("after", "")[:60]
    found = list_templates(q=text, state=state, after_code=after, limit=PAGE + 1)
    asked = {name: value for name, value in (("q", text), ("state", state)) if value}
    counts: dict[str, int] = {}
    for adoption in list_adoptions():
        counts[adoption.code] = counts.get(adoption.code, 0) + 1
    context = {
        "rows": [(one, counts.get(one.code, 0)) for one in found[:PAGE]],
        "tenants": len(list_tenants()),
        "text": text,
        "state": state,
        "states": VersionState.choices,
        "state_names": dict(VersionState.choices),
        "older": f"?{urlencode(asked | {'after': found[PAGE - 1].code})}" if len(found) > PAGE else "",
        "newer": f"?{urlencode(asked)}" if after else "",
    }
    return render(request, "console/templates/list.html", context)


@require_safe
@operator
def template(request: HttpRequest, code: str) -> HttpResponse:
    found = get_template(code)
    if found is None:
        raise Http404
    names = {one.code: one.name for one in list_tenants()}
    adoptions = list_adoptions(code=code)
    running = {one.tenant_code for one in adoptions}
    newest = found.versions[0] if found.versions else None
    context = {
        "template": found,
        "state_names": dict(VersionState.choices),
        "finding_names": dict(FindingKind.choices),
        "findings": list_findings(newest.id) if newest else [],
        "adoptions": [(one, names.get(one.tenant_code, one.tenant_code)) for one in adoptions],
        "without": sorted(name for tenant_code, name in names.items() if tenant_code not in running),
        "log": list_publish_log(code=code),
        "log_names": dict(LogAction.choices),
    }
    return render(request, "console/templates/template.html", context)
