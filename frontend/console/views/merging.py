"""One tenant goes into another: which, on what ground, and the merges that there were. Then it is a work's page."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontend.access import StaffRequest, operator
from frontend.console.addressed import addressed_tenant
from frontend.console.work_words import lines_of
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.provisioning.archive.listed import list_archives
from tenants.provisioning.working.merging import list_merges, start_look
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.registry.selectors import find_surviving_tenant, list_tenants

_LONGEST = 300
_MAY_GO = frozenset({TenantState.READY, TenantState.READ_ONLY, TenantState.SUSPENDED})


@never_cache
@require_http_methods(["GET", "POST"])
@operator
def merge(request: StaffRequest, code: str) -> HttpResponse:
    """GET: the form. POST: only the look; nothing moves before the code was typed on the page of what it found."""
    tenant = addressed_tenant(code)
    values = {name: request.POST.get(name, "").strip()[:_LONGEST] for name in ("into", "ground")}
    problems, status = Problems(), 200
    if request.method == "POST" and (problems := _left_out(values)):
        status = 422
    elif request.method == "POST":
        try:
            public_id = start_look(source=tenant.code, by=request.actor, now=request.now, **values)
        except DomainError as refused:
            problems, status = laid_out(refused, {"into", "ground"}), refused.kind.value
        else:
            address = reverse("console:work", kwargs={"code": tenant.code, "public_id": public_id})
            return HttpResponseRedirect(address)
    return _page(request, tenant, values, problems, status)


def _left_out(values: dict[str, str]) -> Problems:
    problems = Problems()
    if not values["into"]:
        problems.add("into", _("Hãy chọn nơi nhận."))
    if not values["ground"]:
        problems.add("ground", _("Hãy ghi căn cứ: số, ngày của nghị quyết sáp nhập."))
    return problems


def _page(
    request: StaffRequest, tenant: Tenant, values: dict[str, str], problems: Problems, status: int
) -> HttpResponse:
    survivor = find_surviving_tenant(tenant.code)
    newest = list_archives(tenant, limit=1)
    context = {
        "tenant": tenant,
        "state": TenantState(tenant.state).label,
        "may_go": tenant.state in _MAY_GO,
        "survivor": survivor if survivor and survivor.id != tenant.id else None,
        "others": [
            (one.code, f"{one.code} {one.name}")
            for one in list_tenants()
            if one.kind == tenant.kind and one.id != tenant.id and one.state == TenantState.READY
        ],
        "archived_at": newest[0].created_at if newest else None,
        "works": lines_of(list_merges(tenant.code)),
        "values": values,
        "problems": problems,
    }
    return render(request, "console/merging/page.html", context, status=status)
