"""The fleet: who is there, in which state, and what each has adopted."""

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.catalogue.selectors import list_adoptions, list_newest_offered, list_published
from frontend.access import operator
from kernel.vietnamese import fold
from tenants.registry.enums import TenantKind, TenantState
from tenants.registry.selectors import find_tenant, get_primary_host, list_hosts, list_tenants


@require_safe
@operator
def tenants(request: HttpRequest) -> HttpResponse:
    text, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    offered, fleet = list_newest_offered(), list_tenants()
    ring_of = {one.code: one.ring for one in fleet}
    adopted, behind = Counter[str](), Counter[str]()
    for adoption in list_adoptions():
        adopted[adoption.tenant_code] += 1
        newest = offered.get(ring_of.get(adoption.tenant_code, ""), {})
        behind[adoption.tenant_code] += adoption.number < newest.get(adoption.code, 0)
    words, hosts = fold(text).split(), list_hosts()
    rows = [
        (one, hosts.get(one.id, ""), adopted[one.code], behind[one.code], port_of(request))
        for one in list_tenants()
        if (not kind or one.kind == kind) and all(word in fold(f"{one.code} {one.name}") for word in words)
    ]
    context = {
        "rows": rows,
        "text": text,
        "kind": kind,
        "kinds": [choice for choice in TenantKind.choices if choice[0] != TenantKind.CENTRAL],
        "kind_names": dict(TenantKind.choices),
        "state_names": dict(TenantState.choices),
        "published": len(newest),
    }
    return render(request, "console/tenants/list.html", context)


@require_safe
@operator
def tenant(request: HttpRequest, code: str) -> HttpResponse:
    found = find_tenant(code)
    if found is None:
        raise Http404
    adoptions = list_adoptions(tenant_code=code)
    newest = {one.code: one.number for one in list_published()}
    known = {one.code for one in adoptions}
    context = {
        "tenant": found,
        "kind": TenantKind(found.kind).label,
        "state": TenantState(found.state).label,
        "host": get_primary_host(found) + port_of(request),
        "scheme": request.scheme,
        "adoptions": [(one, newest.get(one.code, one.number)) for one in adoptions],
        "missing": [one for one in list_published() if one.code not in known],
    }
    return render(request, "console/tenants/tenant.html", context)


def port_of(request: HttpRequest) -> str:
    """``:8000`` in the demo, nothing behind a proxy on the usual ports."""
    _, colon, port = request.get_host().rpartition(":")
    return f":{port}" if colon else ""
