"""The process of a national template: drawn in its draft, or looked at in its newest version."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.catalogue.enums import VersionState
from apps.catalogue.selectors import VersionView, get_template, get_version_content
from apps.catalogue.services import update_draft
from apps.workflow.files import new_process
from frontend.access import StaffRequest, operator
from frontend.processes import views
from frontend.processes.sheet import Keep, Sheet, limits_of, papers_of


def sheet_of(request: StaffRequest, code: str) -> Sheet:
    """Raises Http404 where there is no template, or no version of it."""
    template = get_template(code)
    if template is None or not template.versions:
        raise Http404
    newest = template.versions[0]
    content = get_version_content(newest.public_id).content
    state = VersionState(newest.state)
    drawn = state == VersionState.DRAFT
    begin = reverse("console:template-draft", kwargs={"code": code})
    return Sheet(
        code=code,
        title=template.name,
        frame="console/_room.html",
        page=reverse("console:process", kwargs={"code": code}),
        back=reverse("console:template", kwargs={"code": code}),
        process=_process_of(code, template.name, content),
        limits=limits_of(content),
        keep=_keep(request, newest, content) if drawn else None,
        new_draft="" if drawn or state == VersionState.IN_REVIEW else begin,
        mark=newest.content_sha256,
        state=_("bản {number}, {state}").format(number=newest.number, state=str(state.label).lower()),
        papers=papers_of(content),
    )


def _process_of(code: str, name: str, content: dict[str, Any]) -> dict[str, Any]:
    """An imported template has no process yet: drawing begins with one step."""
    process: dict[str, Any] = content.get("process") or {}
    if process.get("bpmn"):
        return process
    key = f"thu-tuc-{code.replace('.', '-')}"
    return {"id": key, "bpmn": new_process(key=key, name=name[:200])}


def _keep(request: StaffRequest, version: VersionView, content: dict[str, Any]) -> Keep:
    def keep(mark: str, process: dict[str, Any]) -> str:
        kept = update_draft(
            version_id=version.id,
            content={**content, "process": process},
            by=request.actor,
            now=request.now,
            seen_sha256=mark,
        )
        return kept.content_sha256

    return keep


@require_http_methods(["GET", "POST"])
@operator
def process(request: StaffRequest, code: str, act: str = "") -> HttpResponse:
    return views.answer(request, sheet_of(request, code), act)
