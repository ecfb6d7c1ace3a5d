"""National templates: versions, what a person must still confirm, and who runs which."""

from collections import Counter
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from apps.catalogue.enums import (
    ADOPTABLE,
    UNPUBLISHED,
    FindingKind,
    FindingState,
    LogAction,
    Severity,
    VersionState,
)
from apps.catalogue.errors import VersionUnknown
from apps.catalogue.selectors import (
    find_offer_run,
    get_template,
    list_adoptions,
    list_current_numbers,
    list_findings,
    list_publish_log,
    list_templates,
)
from apps.catalogue.services import offer_version
from frontend.access import StaffRequest, operator
from frontend.console.words import SEVERITY_TONES
from kernel.vietnamese import sort_key
from tenants.registry.enums import Ring
from tenants.registry.selectors import list_tenants

PAGE = 50
_OFFERED = _("Đã mở bản này cho vòng mới; các bộ, tỉnh của vòng thấy ngay.")


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
def template(request: StaffRequest, code: str) -> HttpResponse:
    found = get_template(code)
    if found is None:
        raise Http404
    tenants = {one.code: one for one in list_tenants()}
    adoptions = list_adoptions(code=code)
    running = {one.tenant_code for one in adoptions}
    newest = found.versions[0] if found.versions else None
    context = {
        "template": found,
        "state_names": dict(VersionState.choices),
        "finding_names": dict(FindingKind.choices),
        "finding_states": dict(FindingState.choices),
        "severity_names": dict(Severity.choices),
        "severity_tones": SEVERITY_TONES,
        "findings": list_findings(newest.id) if newest else [],
        "adoptions": [(one, tenants.get(one.tenant_code)) for one in adoptions],
        "without": sorted((one.name for one in tenants.values() if one.code not in running), key=sort_key),
        "rings": Ring.choices,
        "ring_names": dict(Ring.choices),
        "ring_sizes": Counter(one.ring for one in tenants.values()),
        "offering": next((one for one in found.versions if one.state in ADOPTABLE), None),
        "current": list_current_numbers(on=timezone.localdate(request.now), code=code).get(code),
        "may_draft": bool(newest) and all(one.state not in UNPUBLISHED for one in found.versions),
        "done": _OFFERED if request.GET.get("done") == "offered" else "",
        "log": list_publish_log(code=code),
        "log_names": dict(LogAction.choices),
    }
    return render(request, "console/templates/template.html", context)


@require_POST
@operator
def offer(request: StaffRequest, code: str) -> HttpResponse:
    """The version is named in the form: one that was published meanwhile is not opened unseen."""
    try:
        version = UUID(request.POST.get("version", ""))
    except ValueError as unreadable:
        raise VersionUnknown from unreadable
    opened = offer_version(
        version=version, rings=request.POST.getlist("ring"), by=request.actor, now=request.now
    )
    found = get_template(code)
    run = (
        next((find_offer_run(one.id) for one in found.versions if one.public_id == version), None)
        if found
        else None
    )
    if opened and run:
        kwargs = {"code": code, "public_id": run.public_id}
        return HttpResponseRedirect(reverse("console:template-offer-run", kwargs=kwargs))
    return HttpResponseRedirect(f"{reverse('console:template', kwargs={'code': code})}?done=offered")
