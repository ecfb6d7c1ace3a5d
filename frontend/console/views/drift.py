"""Schemas that are no longer what their release made of them: object by object, with the SQL that mends them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.access import StaffRequest, operator
from tenants.releases.deviations import list_deviations
from tenants.releases.drifting import find_drift


@require_safe
@operator
def drift(request: StaffRequest) -> HttpResponse:
    """Looks now, and changes nothing. ``?code=H26``: of one tenant. Raises TenantUnknown."""
    code = request.GET.get("code", "")
    found = find_drift(codes=[code] if code else None)
    drifted = [(one, list_deviations(one)) for one in found if one.reason]
    context = {"total": len(found), "drifted": drifted, "code": code, "at": request.now}
    return render(request, "console/drift/page.html", context)
