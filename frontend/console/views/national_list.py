"""The national list of procedures: what the nation says that it has, with search."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.catalogue.enums import ChangeKind, ChangeState, FindingKind, FindingState, Severity
from apps.catalogue.selectors import (
    FindingFilter,
    ProcedureFilter,
    get_procedure,
    list_all_findings,
    list_changes_of,
    list_promulgators,
    list_template_codes,
    search_procedures,
)
from frontend.access import operator
from frontend.console.words import FIELDS, SEVERITY_TONES, STANDINGS, TYPES

PAGE = 50


@require_safe
@operator
def procedures(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:250] for name in ("q", "promulgator", "type")}
    standing = request.GET.get("standing", "living")
    standing = standing if standing in dict(STANDINGS) else "living"
    after = request.GET.get("after", "")[:200]
    wanted = ProcedureFilter(standing="" if standing == "all" else standing, **asked)
    page = search_procedures(wanted, after=after, limit=PAGE)
    kept = {name: value for name, value in {**asked, "standing": standing}.items() if value}
    context = {
        "page": page,
        "asked": {**asked, "standing": standing},
        "with_template": list_template_codes([one.code for one in page.rows]),
        "promulgators": [(name, name) for name in list_promulgators()],
        "types": TYPES.items(),
        "type_names": TYPES,
        "standings": STANDINGS,
        "older": f"?{urlencode(kept | {'after': page.next})}" if page.next else "",
        "newer": f"?{urlencode(kept)}" if after else "",
    }
    return render(request, "console/catalogue/procedures.html", context)


@require_safe
@operator
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    found = get_procedure(code)
    if found is None:
        raise Http404
    context = {
        "procedure": found,
        "has_template": bool(list_template_codes([code])),
        "type_names": TYPES,
        "field_names": FIELDS,
        "findings": list_all_findings(FindingFilter(code=code), limit=PAGE),
        "changes": list_changes_of(code, limit=PAGE),
        "kind_names": dict(ChangeKind.choices),
        "change_states": dict(ChangeState.choices),
        "finding_names": dict(FindingKind.choices),
        "finding_states": dict(FindingState.choices),
        "severity_names": dict(Severity.choices),
        "severity_tones": SEVERITY_TONES,
    }
    return render(request, "console/catalogue/procedure.html", context)
