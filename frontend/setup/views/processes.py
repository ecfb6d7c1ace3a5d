"""Processes here: one in force is looked at, taken away and tried out; a draft of one's own is drawn."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.procedures.enums import LocalState
from apps.procedures.selectors import (
    LocalView,
    get_local,
    get_version_by_public_id,
    get_version_in_force,
    list_history,
)
from apps.procedures.services import save_local
from frontend.access import StaffRequest, staff
from frontend.processes import views
from frontend.processes.sheet import Sheet, limits_of, papers_of
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
def process(request: StaffRequest, code: str, act: str = "") -> HttpResponse:
    return views.answer(request, sheet_of(request, code), act)


@require_http_methods(["GET", "POST"])
@staff("PROCEDURE_CONTROLLER")
def local(request: StaffRequest, draft_id: UUID, act: str = "") -> HttpResponse:
    """Of a procedure of the province's own, while it is a draft."""
    return views.answer(request, _local_sheet(request, get_local(draft_id)), act)


def _local_sheet(request: StaffRequest, found: LocalView) -> Sheet:
    address = {"draft_id": found.public_id}

    def keep(mark: str, process: dict[str, Any]) -> str:
        seen = int(mark) if mark.isascii() and mark.isdecimal() and len(mark) < 9 else 0
        content = {**found.content, "process": process}
        who: dict[str, Any] = {"by": request.actor, "now": request.now}
        return str(save_local(draft_id=found.public_id, content=content, seen=seen, **who).revision)

    return Sheet(
        code=found.procedure_code,
        title=found.name,
        frame="setup/_room.html",
        page=reverse("setup:local-process", kwargs=address),
        back=reverse("setup:local-draft", kwargs=address),
        process=found.content["process"],
        limits=limits_of(found.content),
        keep=keep if found.is_draft else None,
        mark=str(found.revision),
        state=str(LocalState(found.state).label),
        papers=papers_of(found.content),
    )
