"""One version of a template: what it changes, who decides about it, and the draft's sections."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.catalogue.changes import list_changes, say_change
from apps.catalogue.enums import LogAction, VersionState
from apps.catalogue.errors import VersionUnknown
from apps.catalogue.selectors import (
    VersionDetail,
    find_offer_run,
    get_version_detail,
    list_content_problems,
)
from apps.catalogue.services import (
    draft_from_published,
    publish,
    return_version,
    submit_version,
    update_draft,
)
from apps.catalogue.stable_ids import list_warnings
from apps.catalogue.transition import CORRECTIONS_FLOW, KEEP_ALL
from frontend.access import StaffRequest, operator
from frontend.console.tabs import version_tabs
from frontend.console.views.effects import summary_of
from frontend.content_words import content_words
from frontend.drafts.fields import BY_SLUG, SECTIONS, Section
from frontend.drafts.working import visit
from frontend.problems import Problems, laid_out
from frontend.processes.reading import slow_words
from frontend.typed import read_day
from kernel.errors import DomainError
from tenants.registry.enums import Ring

_ACT_FIELDS = {"changes", "remarks", "effective_from", "legal_basis", "rings", "flows", "ground"}


@require_POST
@operator
def draft(request: StaffRequest, code: str) -> HttpResponse:
    """A new draft that begins as what is published."""
    made = draft_from_published(code=code, by=request.actor, now=request.now)
    return HttpResponseRedirect(_address("version-section", code, made.number, section="general"))


@require_safe
@operator
def version(request: StaffRequest, code: str, number: int) -> HttpResponse:
    return _page(request, _find(code, number), {}, Problems())


@require_POST
@operator
def act(request: StaffRequest, code: str, number: int, slug: str) -> HttpResponse:
    """Submit, return, publish, or choose what flows: the content must be the one that the page showed."""
    found = _find(code, number)
    if slug not in _ACTS:
        raise Http404
    typed = {name: request.POST.get(name, "")[:4000] for name in _ACT_FIELDS} | {
        "flows": request.POST.getlist("flows"),
        "rings": request.POST.getlist("rings"),
    }
    problems = Problems()
    if request.POST.get("seen") != found.content_sha256:
        problems.add(
            "", _("Nội dung vừa được sửa. Trang này đã hiện nội dung mới; hãy xem lại rồi quyết định.")
        )
    else:
        problems = _carry_out(slug, request, found, typed)
    if problems:
        return _page(request, _find(code, number), typed, problems, status=422)
    return HttpResponseRedirect(f"{_address('version', code, number)}?done={slug}")


@require_http_methods(["GET", "POST"])
@operator
def section(request: StaffRequest, code: str, number: int, section: str) -> HttpResponse:
    found, asked = _find(code, number), BY_SLUG.get(section)
    if asked is None or not found.is_draft:
        raise Http404

    def save(content: dict[str, Any]) -> None:
        update_draft(
            version_id=found.id,
            content=content,
            seen_sha256=request.POST.get("seen", ""),
            by=request.actor,
            now=request.now,
        )

    work = visit(request, asked, found.content, save=save)
    if work.saved:
        return HttpResponseRedirect(f"{request.path}?done=saved")
    context = {
        **work.as_context(asked, found.content, request, seen=found.content_sha256),
        "sections": [(one, _section_address(found, one)) for one in SECTIONS],
        **_frame(found, "content"),
    }
    return render(request, "console/templates/section.html", context, status=422 if work.problems else 200)


def _carry_out(slug: str, request: StaffRequest, found: VersionDetail, typed: dict[str, Any]) -> Problems:
    who = {"version_id": found.id, "by": request.actor, "now": request.now}
    try:
        problems = _ACTS[slug](found, typed, who)
    except DomainError as refused:
        return laid_out(refused, _ACT_FIELDS)
    return problems or Problems()


def _submit(_found: VersionDetail, typed: dict[str, Any], who: dict[str, Any]) -> None:
    submit_version(changes=typed["changes"], **who)


def _send_back(_found: VersionDetail, typed: dict[str, Any], who: dict[str, Any]) -> None:
    return_version(remarks=typed["remarks"], **who)


def _publish(_found: VersionDetail, typed: dict[str, Any], who: dict[str, Any]) -> Problems | None:
    day = read_day(typed["effective_from"])
    if day is None:
        problems = Problems()
        problems.add("effective_from", _("Hãy nhập ngày có hiệu lực dạng ngày/tháng/năm."))
        return problems
    publish(effective_from=day, legal_basis=typed["legal_basis"], rings=typed["rings"], **who)
    return None


def _transition(found: VersionDetail, typed: dict[str, Any], who: dict[str, Any]) -> None:
    """Without a chosen change nothing flows, and the content says nothing about it."""
    content = {key: value for key, value in found.content.items() if key != "transition"}
    if typed["flows"]:
        content["transition"] = {
            "rule": CORRECTIONS_FLOW, "ground": typed["ground"].strip(), "flows": typed["flows"],
        }  # fmt: skip
    update_draft(content=content, seen_sha256=found.content_sha256, **who)


_ACTS: dict[str, Any] = {
    "submit": _submit,
    "return": _send_back,
    "publish": _publish,
    "transition": _transition,
}


def _page(
    request: HttpRequest, found: VersionDetail, typed: dict[str, Any], problems: Problems, status: int = 200
) -> HttpResponse:
    transition = found.content.get("transition") or {"rule": KEEP_ALL, "ground": "", "flows": []}
    base = found.base or found.content
    effect, total = summary_of(found)
    context = {
        "typed": typed or _first_values(transition),
        "problems": problems,
        "changes": [
            (one, *say_change(one, base, found.content), one.path in transition["flows"])
            for one in (list_changes(base, found.content) if found.base else [])
        ],
        "transition": transition,
        # The first version has nothing to be compared with: all of it is read.
        "words": content_words(found.content) if not found.is_draft and not found.base else None,
        "unsound": list_content_problems(found.content) if found.is_draft or found.is_in_review else [],
        "warnings": _warnings(found),
        "is_own": found.was_edited_by(request.actor),  # type: ignore[attr-defined]  # set by @operator
        "run": find_offer_run(found.id) if found.published_at else None,
        "effect": effect,
        "total": total,
        "rings": Ring.choices,
        "log_names": dict(LogAction.choices),
        "ring_names": {str(ring): ring.label for ring in Ring},
        "done": _DONE.get(request.GET.get("done", ""), ""),
        **_frame(found, "changes"),
    }
    return render(request, "console/templates/version.html", context, status=status)


def _warnings(found: VersionDetail) -> list[str]:
    """What no rule forbids and a second person should look at; the steps' times where the process can be read."""
    renamed = list_warnings(found.base, found.content) if found.base else []
    sound = found.is_in_review or found.published_at
    return [*(one.sentence for one in renamed), *(slow_words(found.content) if sound else [])]


def _first_values(transition: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(_ACT_FIELDS, "") | {
        "flows": transition["flows"], "ground": transition["ground"], "rings": [Ring.PILOT.value],
    }  # fmt: skip


def _frame(found: VersionDetail, here: str) -> dict[str, Any]:
    return {
        "version": found,
        "state_name": VersionState(found.state).label,
        "tabs": version_tabs(found, here),
    }


def _find(code: str, number: int) -> VersionDetail:
    try:
        return get_version_detail(code, number)
    except VersionUnknown as unknown:
        raise Http404 from unknown


def _section_address(found: VersionDetail, section: Section) -> str:
    return _address("version-section", found.code, found.number, section=section.slug)


def _address(name: str, code: str, number: int, **more: str) -> str:
    return reverse(f"console:{name}", kwargs={"code": code, "number": number, **more})


_DONE = {
    "submit": gettext_lazy("Đã gửi thẩm định. Người thứ hai trả lại hoặc phê duyệt ở trang này."),
    "return": gettext_lazy("Đã trả lại cho người soạn."),
    "publish": gettext_lazy("Đã phê duyệt và công bố."),
    "transition": gettext_lazy("Đã ghi quy định chuyển tiếp vào bản nháp."),
}
