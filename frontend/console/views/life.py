"""A tenant's life in the console: the acts that are open, each with its own form; the trail of the operators."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.access import StaffRequest, operator
from frontend.console.addressed import addressed_tenant
from frontend.console.life_acts import ACTS, LifeAct, list_open_acts
from frontend.console.trail_words import told
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.registry.acts import list_acts
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.registry.selectors import find_surviving_tenant, list_aliases, list_domains

_PAGE = 50
_LONGEST = 500


@require_safe
@operator
def life(request: HttpRequest, code: str) -> HttpResponse:
    tenant = addressed_tenant(code)
    survivor = find_surviving_tenant(code)
    context = {
        "tenant": tenant,
        "state": TenantState(tenant.state).label,
        "open_acts": list_open_acts(tenant),
        "domains": list_domains(tenant),
        "aliases": list_aliases(tenant),
        "survivor": survivor if survivor and survivor.id != tenant.id else None,
        "done": _("Đã thực hiện và ghi vào nhật ký.") if request.GET.get("done") == "1" else "",
        **_trail(request, tenant_code=tenant.code),
    }
    return render(request, "console/life/page.html", context)


@require_http_methods(["GET", "POST"])
@operator
def act(request: StaffRequest, code: str, slug: str) -> HttpResponse:
    tenant, one = addressed_tenant(code), ACTS.get(slug)
    if one is None or (request.method == "GET" and one not in list_open_acts(tenant)):
        raise Http404
    given = request.POST if request.method == "POST" else request.GET  # a link may fill the form in
    values = {name: given.get(name, "").strip()[:_LONGEST] for name in one.fields}
    problems = _run(request, one, tenant, values) if request.method == "POST" else Problems()
    if request.method == "POST" and not problems:
        return HttpResponseRedirect(f"{reverse('console:tenant-life', kwargs={'code': tenant.code})}?done=1")
    context = {"tenant": tenant, "act": one, "values": values, "problems": problems}
    return render(request, "console/life/act.html", context, status=422 if problems else 200)


@require_safe
@operator
def acts(request: HttpRequest) -> HttpResponse:
    """The whole trail, of every tenant."""
    return render(request, "console/life/acts.html", _trail(request, tenant_code=""))


def _run(request: StaffRequest, one: LifeAct, tenant: Tenant, values: dict[str, str]) -> Problems:
    try:
        one.run(code=tenant.code, by=request.actor, now=request.now, **values)
    except DomainError as refused:
        return laid_out(refused, set(one.fields))
    return Problems()


def _trail(request: HttpRequest, *, tenant_code: str) -> dict[str, Any]:
    text = request.GET.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
    found = list_acts(tenant_code=tenant_code, before_id=before, limit=_PAGE + 1)
    older = f"?before={found[_PAGE - 1].id}" if len(found) > _PAGE else ""
    return {
        "trail": [told(one) for one in found[:_PAGE]],
        "newer": request.path if before is not None else "",
        "older": older,
    }
