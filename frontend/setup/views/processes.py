"""The process of a procedure that is in force here: looked at, taken away as a file, tried out under the own load."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.procedures.selectors import get_version_by_public_id, get_version_in_force, list_history
from frontend.access import StaffRequest, staff
from frontend.processes import simulating, views
from frontend.processes.sheet import Sheet, limits_of
from frontend.setup.forms.staff import today_of
from frontend.setup.permissions import ROOM


def sheet_of(request: StaffRequest, code: str) -> Sheet:
    """What is in force, or will be. Raises Http404."""
    version = get_version_in_force(code, today_of(request))
    if version is None:
        history = list_history(code)
        if not history:
            raise Http404
        version = get_version_by_public_id(history[0].public_id)
    return Sheet(
        code=code,
        title=version.name,
        frame="setup/_room.html",
        page=reverse("setup:process", kwargs={"code": code}),
        back=reverse("setup:procedure", kwargs={"code": code}),
        process=version.content["process"],
        limits=limits_of(version.content),
        state=_("lần áp dụng {number}").format(number=version.number),
    )


@require_safe
@staff(*ROOM)
def process(request: StaffRequest, code: str) -> HttpResponse:
    return views.editor(request, sheet_of(request, code))


@require_safe
@staff(*ROOM)
def export(request: StaffRequest, code: str) -> HttpResponse:
    return views.export(request, sheet_of(request, code))


@require_safe
@staff(*ROOM)
def simulate(request: StaffRequest, code: str) -> HttpResponse:
    return simulating.simulate(request, sheet_of(request, code))
