"""The page of one dossier, its papers as files, and its forms as PDF."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from apps.accounts.selectors import get_names
from apps.deadlines.selectors import get_dues
from apps.deadlines.wording import sentences
from apps.documents import selectors as documents
from apps.dossiers import selectors as dossiers
from apps.dossiers.enums import PartyRole, Status
from apps.dossiers.selectors import Dossier
from apps.fees.selectors import find_exemption, get_fees
from apps.forms.compiling import get_form
from apps.organisations.selectors import find_leaf
from apps.results.selectors import get_results, list_hand_overs
from apps.workflow.selectors import StepView, list_steps
from frontend.access import StaffRequest, staff
from frontend.desk.happenings import happenings
from frontend.desk.offers import offers
from frontend.desk.rows import minutes_left, place_of, tone_of
from frontend.desk.views.done import ISSUE_A_FORM, done_words
from frontend.diagrams import pictures_of
from frontend.filling.told import tell
from kernel.files.selectors import get_file_by_key, open_file

TABS = ("dossier", "papers", "process", "exchange", "history")
# What a browser can show by itself and nothing of it can run.
_SHOWN_IN_PLACE = {"application/pdf", "image/png", "image/jpeg", "image/webp"}
_PREVIEW_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@require_safe
@staff()
def record(request: StaffRequest, public_id: UUID) -> HttpResponse:
    dossier = dossiers.get_dossier(public_id=public_id, by=request.actor)
    tab = request.GET.get("tab", TABS[0])
    context = header_of(request, dossier) | {"tab": tab if tab in TABS else TABS[0]}
    context["tabs"] = _tabs(context["tab"])
    context |= _TAB_CONTEXT[context["tab"]](request, dossier)
    if "process" in context:
        context["pictures"] = pictures_of(context["process"], context["steps"])
    return render(request, "desk/record/page.html", context)


def header_of(request: StaffRequest, dossier: Dossier) -> dict[str, Any]:
    """What stands above every tab and every form of a dossier."""
    steps, place = list_steps(dossier.id), place_of(dossier.competent_unit_id, request.now)
    fees = get_fees(subject_id=dossier.id)
    exemption = find_exemption(subject_id=dossier.id) if fees.lines else None
    results = get_results(subject_id=dossier.id)
    due = get_dues([dossier.id]).get(dossier.id)
    names = get_names({step.holder_id for step in steps if step.holder_id})
    open_steps = [step for step in steps if step.is_open]
    issued = documents.list_issued(subject_id=dossier.id)
    return {
        "dossier": dossier,
        "status": Status(dossier.status).label,
        "tone": tone_of(dossier.status),
        "minutes": minutes_left(due_at=dossier.due_at, status=dossier.status, place=place, now=request.now),
        "day_minutes": place.day_minutes,
        "holders": [_holder(step, names) for step in open_steps],
        "explanation": sentences(due.explanation) if due else [],
        "paused": due is not None and due.paused_at is not None,
        "offers": offers(
            dossier=dossier,
            steps=open_steps,
            fees=fees,
            undecided=exemption is not None and exemption.is_open,
            has_result=bool(results),
            by=request.actor,
        ),
        "steps": steps,
        "names": names,
        "fees": fees,
        "exemption": exemption,
        "results": results,
        "issued": issued,
        "done": done_words(request.GET.get("done", "")),
        "to_print": issued[-1] if issued and request.GET.get("done") in ISSUE_A_FORM else None,
    }


def _holder(step: StepView, names: dict[int, str]) -> dict[str, Any]:
    unit = find_leaf(step.unit_id)
    return {
        "step": step,
        "who": names.get(step.holder_id, "") if step.holder_id else "",
        "unit": unit.name if unit else "",
    }


def _tabs(current: str) -> list[tuple[str, str, None, bool]]:
    words = {
        "dossier": _("Hồ sơ"),
        "papers": _("Giấy tờ"),
        "process": _("Quy trình"),
        "exchange": _("Trao đổi"),
        "history": _("Lịch sử"),
    }
    return [(f"?tab={key}", words[key], None, key == current) for key in TABS]


def _dossier_tab(request: StaffRequest, dossier: Dossier) -> dict[str, Any]:
    version = dossiers.shown_version(dossier)
    form = get_form(version.content["form"], content_sha256=version.content_sha256)
    parties = dossiers.list_parties(dossier_id=dossier.id)
    return {
        "parties": parties,
        "same_people": _are_same(parties.get(PartyRole.SUBMITTER), parties.get(PartyRole.OWNER)),
        "sections": tell(form, dossier.answers),
        "form_sha256": form.sha256,
        "version": version,
        "case": next((one for one in version.content["cases"] if one["code"] == dossier.case_code), None),
        "corrections": dossiers.list_shown_corrections(dossier),
    }


def _are_same(first: Any, second: Any) -> bool:
    facts = ("name", "identity_number", "birth_date", "phone", "email", "address")
    return bool(first and second) and all(getattr(first, fact) == getattr(second, fact) for fact in facts)


def _papers_tab(request: StaffRequest, dossier: Dossier) -> dict[str, Any]:
    return {
        "components": dossiers.list_components(dossier_id=dossier.id),
        "paper_names": {
            one["key"]: one["name"] for one in dossiers.shown_version(dossier).content["components"]
        },
        "hand_overs": list_hand_overs(subject_id=dossier.id),
    }


def _process_tab(request: StaffRequest, dossier: Dossier) -> dict[str, Any]:
    """The picture is lit from the steps that the header has read already."""
    return {"find_unit": find_leaf, "process": dossiers.shown_version(dossier).content["process"]}


def _exchange_tab(request: StaffRequest, dossier: Dossier) -> dict[str, Any]:
    return {"supplements": dossiers.list_supplements(dossier_id=dossier.id)}


def _history_tab(request: StaffRequest, dossier: Dossier) -> dict[str, Any]:
    return {"entries": happenings(dossiers.list_timeline(dossier_id=dossier.id))}


_TAB_CONTEXT = {
    "dossier": _dossier_tab,
    "papers": _papers_tab,
    "process": _process_tab,
    "exchange": _exchange_tab,
    "history": _history_tab,
}


@require_safe
@xframe_options_sameorigin
@staff()
def component_file(request: StaffRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
    """A file of this dossier, to somebody who may see the dossier; as attachment, or shown in place on request."""
    dossier = dossiers.get_dossier(public_id=public_id, by=request.actor)
    stored = next(
        (
            held.file
            for component in dossiers.list_components(dossier_id=dossier.id)
            for held in component.files.all()
            if held.file.public_id == file_id
        ),
        None,
    )
    if stored is None:
        raise Http404
    return _served(request, stored)


@require_safe
@xframe_options_sameorigin
@staff()
def result_file(request: StaffRequest, public_id: UUID, result_id: UUID) -> HttpResponse:
    """The electronic form of a result, to somebody who may see the dossier."""
    dossier = dossiers.get_dossier(public_id=public_id, by=request.actor)
    results = get_results(subject_id=dossier.id)
    result = next((one for one in results if one.public_id == result_id and one.file_id), None)
    if result is None or result.file_id is None:
        raise Http404
    return _served(request, get_file_by_key(result.file_id))


def _served(request: StaffRequest, stored: Any) -> HttpResponse:
    in_place = request.GET.get("show") == "1" and stored.content_type in _SHOWN_IN_PLACE
    serving = open_file(stored)
    response = FileResponse(
        serving.stream, as_attachment=not in_place, filename=serving.name, content_type=serving.content_type
    )
    return _guarded(response)


@require_safe
@xframe_options_sameorigin
@staff()
def issued_form(request: StaffRequest, public_id: UUID, issued_id: UUID) -> HttpResponse:
    """A form that was issued to this dossier, as PDF."""
    dossier = dossiers.get_dossier(public_id=public_id, by=request.actor)
    issued = next(
        (one for one in documents.list_issued(subject_id=dossier.id) if one.public_id == issued_id), None
    )
    if issued is None:
        raise Http404
    response = HttpResponse(documents.render_pdf(issued.id), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{dossier.code}-{issued.form}.pdf"'
    return _guarded(response)


def _guarded(response: Any) -> Any:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = _PREVIEW_POLICY
    return response
