"""The electronic form of a draft, in the editor."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from apps.catalogue.enums import VersionState
from apps.catalogue.errors import VersionUnknown
from apps.catalogue.selectors import get_version_detail
from apps.catalogue.services import update_draft
from frontend.access import StaffRequest, operator
from frontend.console.tabs import version_tabs
from frontend.editing.page import edit


@require_http_methods(["GET", "POST"])
@operator
def form(request: StaffRequest, code: str, number: int) -> HttpResponse:
    try:
        found = get_version_detail(code, number)
    except VersionUnknown as unknown:
        raise Http404 from unknown
    if not found.is_draft:
        raise Http404

    def save(definition: dict[str, Any]) -> None:
        update_draft(
            version_id=found.id,
            content=found.content | {"form": definition},
            seen_sha256=request.POST.get("seen", ""),
            by=request.actor,
            now=request.now,
        )

    return edit(
        request,
        found.content["form"],
        components={one["key"]: one["name"] for one in found.content["components"]},
        save=save,
        template="console/templates/form.html",
        context={
            "version": found,
            "state_name": VersionState(found.state).label,
            "tabs": version_tabs(found, "form"),
            "seen": request.POST.get("seen", found.content_sha256),
        },
    )
