"""Where a tenant is found: its hosts, and the codes of before that lead to it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.access import StaffRequest, operator
from frontend.console.addressed import addressed_tenant
from frontend.console.views.tenants import port_of
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.provisioning import services
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.registry.selectors import (
    find_surviving_tenant,
    list_aliases,
    list_domains,
    list_predecessors,
)

_LONGEST = 500
# What is posted, by the names of the services' parameters; and the fields that stand as inputs on the page.
_ACTS: dict[str, tuple[Callable[..., Any], tuple[str, ...], frozenset[str]]] = {
    "add": (services.add_host, ("host", "answers"), frozenset({"host"})),
    "answers": (services.set_host_answers, ("host", "answers"), frozenset()),
    "add-code": (services.add_alias, ("alias", "ground"), frozenset({"alias", "ground"})),
    "remove-code": (services.remove_alias, ("alias", "reason"), frozenset()),
}


@require_safe
@operator
def places(request: StaffRequest, code: str) -> HttpResponse:
    return _page(request, addressed_tenant(code), Problems())


@require_POST
@operator
def act(request: StaffRequest, code: str, slug: str) -> HttpResponse:
    tenant = addressed_tenant(code)
    if slug not in _ACTS:
        raise Http404
    run, names, shown = _ACTS[slug]
    values: dict[str, Any] = {name: request.POST.get(name, "").strip()[:_LONGEST] for name in names}
    if "answers" in values:
        values["answers"] = values["answers"] == "1"
    try:
        run(code=tenant.code, by=request.actor, now=request.now, **values)
    except DomainError as refused:
        return _page(request, tenant, laid_out(refused, set(shown)), refused.kind.value)
    return _done(tenant)


@require_http_methods(["GET", "POST"])
@operator
def remove(request: StaffRequest, code: str, host: str) -> HttpResponse:
    """One host, after what that means was read; the primary one with the host that takes its place."""
    tenant, problems, status = addressed_tenant(code), Problems(), 200
    one = next((domain for domain in list_domains(tenant) if domain.domain == host), None)
    if one is None:
        raise Http404
    instead = request.POST.get("instead", "").strip()[:_LONGEST]
    if request.method == "POST":
        try:
            services.remove_host(
                code=tenant.code, host=host, instead=instead, by=request.actor, now=request.now
            )
            return _done(tenant)
        except DomainError as refused:
            problems, status = laid_out(refused, {"instead"} if one.is_primary else set()), refused.kind.value
    context = {
        "tenant": tenant,
        "host": one,
        "others": [domain for domain in list_domains(tenant) if not domain.is_primary],
        "instead": instead,
        "problems": problems,
    }
    return render(request, "console/hosts/remove.html", context, status=status)


def _page(request: StaffRequest, tenant: Tenant, problems: Problems, status: int = 200) -> HttpResponse:
    survivor, predecessors = find_surviving_tenant(tenant.code), list_predecessors(tenant)
    context = {
        "tenant": tenant,
        "state": TenantState(tenant.state).label,
        "living": tenant.state != TenantState.RETIRED,
        "domains": list_domains(tenant),
        "aliases": list_aliases(tenant),
        "survivor": survivor if survivor and survivor.id != tenant.id else None,
        "predecessors": predecessors,
        "kept_codes": {one.code for one in predecessors},
        "port": port_of(request),
        "values": {name: request.POST.get(name, "")[:_LONGEST] for name in ("host", "alias", "ground")},
        "problems": problems,
        "done": _("Đã thực hiện và ghi vào nhật ký.") if request.GET.get("done") == "1" else "",
    }
    return render(request, "console/hosts/page.html", context, status=status)


def _done(tenant: Tenant) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('console:hosts', kwargs={'code': tenant.code})}?done=1")
