"""The electronic form of a procedure of the province's own, in the same editor as the centre's."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from apps.procedures.selectors import get_local
from apps.procedures.services import save_local
from frontend.access import StaffRequest, staff
from frontend.editing.page import edit


@require_http_methods(["GET", "POST"])
@staff("PROCEDURE_CONTROLLER")
def local(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    found = get_local(draft_id)
    if not found.is_draft:
        raise Http404
    seen = request.POST.get("seen", "")

    def save(definition: dict[str, Any]) -> None:
        save_local(
            draft_id=found.public_id,
            content=found.content | {"form": definition},
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0,
            by=request.actor,
            now=request.now,
        )

    return edit(
        request,
        found.content["form"],
        components={one["key"]: one["name"] for one in found.content["components"]},
        save=save,
        template="setup/local/form.html",
        context={"draft": found, "seen": seen or str(found.revision)},
    )
