"""Where the dossiers of a procedure live: shown beside it, changed with a ground."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.procedures.enums import RecordSystem
from apps.procedures.selectors import get_version_in_force
from apps.procedures.services import set_record_system
from frontend.access import StaffRequest, staff
from frontend.problems import Problems, laid_out
from frontend.setup.forms.record import read_record, record_values
from frontend.setup.forms.staff import today_of
from kernel.errors import DomainError


@require_http_methods(["GET", "POST"])
@staff("PROCEDURE_CONTROLLER")
def record(request: StaffRequest, code: str) -> HttpResponse:
    version = get_version_in_force(code, today_of(request))
    if version is None:
        raise Http404
    values, problems = record_values(version.record) | {"ground": ""}, Problems()
    if request.method == "POST":
        values = {name: str(value) for name, value in request.POST.items()}
        try:
            set_record_system(
                code=code,
                record=read_record(request.POST),
                ground=request.POST.get("ground", ""),
                by=request.actor,
                now=request.now,
            )
        except DomainError as refused:
            problems = laid_out(refused)
        else:
            address = reverse("setup:procedure", kwargs={"code": code})
            return HttpResponseRedirect(f"{address}?done=record-set")
    context = {
        "procedure": version,
        "values": values,
        "problems": problems,
        "systems": RecordSystem.choices,
    }
    return render(request, "setup/procedures/record.html", context, status=422 if problems else 200)
