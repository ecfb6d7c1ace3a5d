"""Procedures of the province's own: begun as a copy, written section by section, put in force by a second person."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.catalogue.changes import list_changes, say_change
from apps.procedures.enums import LocalState
from apps.procedures.selectors import (
    LocalView,
    get_local,
    get_local_rules,
    get_version_in_force,
    list_local,
    list_local_drafts,
    list_procedure_names,
)
from apps.procedures.services import (
    publish_local,
    return_local,
    save_local,
    set_local_pattern,
    start_local,
    submit_local,
)
from frontend.access import StaffRequest, staff
from frontend.content_words import content_words
from frontend.drafts.working import visit
from frontend.problems import Problems, laid_out
from frontend.setup.done import done_words
from frontend.setup.forms.local import BY_SLUG, LOCAL_SECTIONS, first_values
from frontend.setup.forms.staff import today_of
from frontend.setup.permissions import ROOM, can_keep_procedures
from frontend.typed import read_day
from kernel.errors import DomainError

_FIELDS = {"code", "name", "copy_of", "in_force_from", "legal_basis", "remarks"}


@require_safe
@staff(*ROOM)
def procedures(request: StaffRequest) -> HttpResponse:
    context = {
        "rows": list_local(on=today_of(request)),
        "drafts": [(one, LocalState(one.state).label) for one in list_local_drafts()],
        "rules": get_local_rules(),
        "may_write": can_keep_procedures(request.actor),
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "setup/local/list.html", context)


@require_http_methods(["GET", "POST"])
@staff("PROCEDURE_CONTROLLER")
def pattern(request: StaffRequest) -> HttpResponse:
    """How codes are written from now on, with the paper that says so."""
    rules, problems = get_local_rules(), Problems()
    values = {"pattern": rules.code_pattern, "ground": rules.ground}
    if request.method == "POST":
        values = {name: request.POST.get(name, "")[:1000] for name in values}
        try:
            set_local_pattern(by=request.actor, now=request.now, **values)
        except DomainError as refused:
            problems = laid_out(refused, set(values))
        else:
            return HttpResponseRedirect(f"{reverse('setup:local')}?done=pattern-set")
    context = {"rules": rules, "values": values, "problems": problems}
    return render(request, "setup/local/pattern.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@staff("PROCEDURE_CONTROLLER")
def create(request: StaffRequest) -> HttpResponse:
    names = dict(list_procedure_names(on=today_of(request)))
    code = request.GET.get("code", "")[:60]
    values, problems = first_values(code, names.get(code, "")), Problems()
    if request.method == "POST":
        values = {name: request.POST.get(name, "")[:1000] for name in ("code", "name", "copy_of")}
        if not values["name"].strip():
            problems.add("name", _("Hãy nhập tên thủ tục."))
        else:
            try:
                draft = start_local(by=request.actor, now=request.now, **values)
            except DomainError as refused:
                problems = laid_out(refused, _FIELDS)
            else:
                return HttpResponseRedirect(_section_address(draft.public_id, "general"))
    context = {
        "values": values,
        "problems": problems,
        "rules": get_local_rules(),
        "bases": [(key, f"{key} {name}") for key, name in names.items()],
    }
    return render(request, "setup/local/new.html", context, status=422 if problems else 200)


@require_safe
@staff("PROCEDURE_CONTROLLER")
def draft(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    return _page(request, get_local(draft_id), {}, Problems())


@require_POST
@staff("PROCEDURE_CONTROLLER")
def act(request: StaffRequest, draft_id: UUID, slug: str) -> HttpResponse:
    """Submit, return or publish: what the page showed, and nothing newer."""
    found = get_local(draft_id)
    if slug not in _ACTS:
        raise Http404
    typed = {name: request.POST.get(name, "")[:4000] for name in _FIELDS}
    problems = Problems()
    if request.POST.get("seen") != str(found.revision):
        problems.add(
            "", _("Nội dung vừa được sửa. Trang này đã hiện nội dung mới; hãy xem lại rồi quyết định.")
        )
    else:
        problems = _carry_out(slug, request, found, typed)
    if problems:
        return _page(request, get_local(draft_id), typed, problems, status=422)
    if slug == "publish":
        done = reverse("setup:procedure", kwargs={"code": found.procedure_code})
        return HttpResponseRedirect(f"{done}?done=local-published")
    return HttpResponseRedirect(f"{reverse('setup:local-draft', kwargs={'draft_id': draft_id})}?done={slug}")


@require_http_methods(["GET", "POST"])
@staff("PROCEDURE_CONTROLLER")
def section(request: StaffRequest, draft_id: UUID, section: str) -> HttpResponse:
    found, asked = get_local(draft_id), BY_SLUG.get(section)
    if asked is None or not found.is_draft:
        raise Http404
    seen = request.POST.get("seen", "")

    def save(content: dict[str, Any]) -> None:
        save_local(
            draft_id=found.public_id,
            content=content,
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0,
            by=request.actor,
            now=request.now,
        )

    work = visit(request, asked, found.content, save=save)
    if work.saved:
        return HttpResponseRedirect(f"{request.path}?done=saved")
    context = {
        **work.as_context(asked, found.content, request, seen=str(found.revision)),
        "draft": found,
        "tabs": _tabs(found, asked.slug),
    }
    return render(request, "setup/local/section.html", context, status=422 if work.problems else 200)


def _carry_out(slug: str, request: StaffRequest, found: LocalView, typed: dict[str, str]) -> Problems:
    who: dict[str, Any] = {"draft_id": found.public_id, "by": request.actor, "now": request.now}
    try:
        return _ACTS[slug](typed, who)
    except DomainError as refused:
        return laid_out(refused, _FIELDS)


def _submit(_typed: dict[str, str], who: dict[str, Any]) -> Problems:
    submit_local(**who)
    return Problems()


def _send_back(typed: dict[str, str], who: dict[str, Any]) -> Problems:
    return_local(remarks=typed["remarks"], **who)
    return Problems()


def _publish(typed: dict[str, str], who: dict[str, Any]) -> Problems:
    problems, day = Problems(), read_day(typed["in_force_from"])
    if day is None:
        problems.add("in_force_from", _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 01/07/2025."))
        return problems
    publish_local(in_force_from=day, legal_basis=typed["legal_basis"], **who)
    return problems


_ACTS: dict[str, Any] = {"submit": _submit, "return": _send_back, "publish": _publish}
_DONE = {
    "submit": gettext_lazy("Đã gửi. Một đầu mối kiểm soát khác trả lại hoặc ban hành ở trang này."),
    "return": gettext_lazy("Đã trả lại cho người soạn."),
}


def _page(
    request: StaffRequest, found: LocalView, typed: dict[str, str], problems: Problems, status: int = 200
) -> HttpResponse:
    context = {
        "draft": found,
        "state": LocalState(found.state).label,
        "typed": typed,
        "problems": problems,
        "unsound": found.problems() if found.is_draft or found.is_in_review else [],
        "words": content_words(found.content),
        "changes": _changes(found, today_of(request)),
        "is_own": found.was_edited_by(request.actor),
        "tabs": _tabs(found, ""),
        "done": _DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "setup/local/draft.html", context, status=status)


def _changes(found: LocalView, today: date) -> list[tuple[str, str, str]] | None:
    """Against what is in force here under the same code; None for a procedure that is new."""
    standing = get_version_in_force(found.procedure_code, today)
    if standing is None or not (found.is_draft or found.is_in_review):
        return None
    before, after = standing.content, found.content
    return [say_change(one, before, after) for one in list_changes(before, after)]


def _tabs(found: LocalView, here: str) -> list[tuple[str, str, None, bool]]:
    """One bar on every page of a draft. ``here``: the slug of a section, "" for the page that judges all."""

    def at(name: str) -> str:
        return reverse(f"setup:{name}", kwargs={"draft_id": found.public_id})

    return [
        (at("local-draft"), _("Kiểm tra và gửi duyệt"), None, not here),
        *(
            (_section_address(found.public_id, one.slug), str(one.title), None, one.slug == here)
            for one in LOCAL_SECTIONS
        ),
        (at("local-form"), _("Biểu mẫu"), None, False),
        (at("local-process"), _("Quy trình: vẽ, mô phỏng"), None, False),
    ]


def _section_address(draft_id: UUID, slug: str) -> str:
    return reverse("setup:local-section", kwargs={"draft_id": draft_id, "section": slug})
