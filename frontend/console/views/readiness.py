"""The ready list of one tenant, and its opening to the public."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.access import StaffRequest, operator
from frontend.console.addressed import addressed_tenant
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.provisioning.onboarding.links import get_last_reissue
from tenants.provisioning.readiness.checking import check_ready, list_ready
from tenants.provisioning.readiness.opening import open_tenant
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant


@require_http_methods(["GET", "POST"])
@operator
def ready(request: StaffRequest, code: str) -> HttpResponse:
    """GET: as it was last looked at. POST: look at everything anew."""
    tenant = addressed_tenant(code)
    if request.method == "POST":
        check_ready(tenant=tenant, now=request.now)
        return HttpResponseRedirect(reverse("console:ready", kwargs={"code": code}) + "?done=checked")
    done = {"checked": _("Đã kiểm tra lại."), "opened": _("Đã mở cho người dân.")}
    return _show(request, tenant, Problems(), done.get(request.GET.get("done", ""), ""))


@require_POST
@operator
def open_to_public(request: StaffRequest, code: str) -> HttpResponse:
    tenant = addressed_tenant(code)
    try:
        open_tenant(
            code=code,
            by=request.actor,
            now=request.now,
            override="override" in request.POST,
            reason=request.POST.get("reason", "")[:500],
        )
    except DomainError as refused:
        return _show(
            request, addressed_tenant(code), laid_out(refused, {"reason"}), "", status=refused.kind.value
        )
    return HttpResponseRedirect(reverse("console:ready", kwargs={"code": tenant.code}) + "?done=opened")


def _show(
    request: StaffRequest, tenant: Tenant, problems: Problems, done: str, status: int = 200
) -> HttpResponse:
    lines = list_ready(tenant=tenant)
    context = {
        "tenant": tenant,
        "state": TenantState(tenant.state).label,
        "lines": lines,
        "red": sum(not line.ok for line in lines),
        "checked_at": max((line.checked_at for line in lines if line.checked_at), default=None),
        "last_reissue": get_last_reissue(tenant.code),
        "preparing": tenant.state == TenantState.PREPARING,
        "reason": request.POST.get("reason", ""),
        "problems": problems,
        "done": done,
    }
    return render(request, "console/onboarding/ready.html", context, status=status)
