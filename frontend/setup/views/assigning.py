"""Giving the work of a procedure to other units, for good or for a while."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.organisations.selectors import list_units
from apps.procedures.enums import UnitRole, UnitRule
from apps.procedures.selectors import can_give_units, get_version_in_force
from apps.procedures.selectors import list_units as list_roles
from apps.procedures.services import set_units
from frontend.access import StaffRequest, staff
from frontend.problems import Problems, laid_out
from frontend.setup.forms.assigning import read_assigned
from frontend.setup.forms.staff import today_of
from kernel.errors import DomainError


@require_http_methods(["GET", "POST"])
@staff("PROCEDURE_CONTROLLER")
def units_of(request: StaffRequest, code: str) -> HttpResponse:
    """404 also where the national version leaves nothing of it to the tenant."""
    version = get_version_in_force(code, today_of(request))
    if version is None or not can_give_units(version):
        raise Http404
    units = list_units(on=today_of(request))
    values, problems = {name: str(value) for name, value in request.POST.items()}, Problems()
    if request.method == "POST":
        asked = read_assigned(values, units, problems)
        try:
            if not problems:
                set_units(
                    code=code,
                    choices=asked.choices,
                    ground=asked.ground,
                    first=asked.first,
                    last=asked.last,
                    by=request.actor,
                    now=request.now,
                )
        except DomainError as refused:
            problems = laid_out(refused)
        if not problems:
            return HttpResponseRedirect(
                f"{reverse('setup:procedure', kwargs={'code': code})}?done=units-given"
            )
    names = {unit.id: unit.name for unit in units}
    now = {
        row.role: names.get(row.unit_id or 0, "") or str(UnitRule(row.rule).label)
        for row in list_roles(version.id)
    }
    context = {
        "procedure": version,
        "values": values,
        "problems": problems,
        "roles": [(role, label, now.get(role, "")) for role, label in UnitRole.choices],
        "rules": UnitRule.choices,
        "units": [(str(unit.public_id), "– " * unit.depth + unit.name) for unit in units],
    }
    return render(request, "setup/procedures/units.html", context, status=422 if problems else 200)
