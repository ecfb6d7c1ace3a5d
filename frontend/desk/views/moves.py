"""Doing something to a dossier: a page of its own for each move and each step."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.dossiers import selectors as dossiers
from apps.dossiers import services
from apps.dossiers.selectors import Dossier
from apps.fees.assessment import list_choices
from apps.procedures.selectors import get_version
from apps.workflow.selectors import StepView, can_claim_step, can_complete_step, get_step
from frontend.access import StaffRequest, staff
from frontend.desk.asked import asked_of
from frontend.desk.forms.moves import MOVE_FORMS, MoveForm
from frontend.desk.uploads import kept_files
from frontend.desk.views.record import header_of
from frontend.problems import Problems, laid_out
from frontend.sparing import choices_of
from kernel.errors import DomainError
from kernel.ids import uuid7


def _to_record(dossier: Dossier, done: str) -> HttpResponse:
    return HttpResponseRedirect(
        reverse("desk:record", kwargs={"public_id": dossier.public_id}) + f"?done={done}"
    )


@require_http_methods(["GET", "POST"])
@staff()
def move(request: StaffRequest, public_id: UUID, slug: str) -> HttpResponse:
    form = MOVE_FORMS.get(slug)
    if form is None:
        raise Http404
    dossier = dossiers.get_dossier(public_id=public_id, by=request.actor)
    problems, status = Problems(), 200
    if request.method == "POST":
        try:
            form.run(dossier, request)
        except DomainError as refused:
            problems, status = laid_out(refused, {field.name for field in form.fields}), refused.kind.value
        else:
            return _to_record(dossier, slug)
    context = header_of(request, dossier) | _form_context(request, dossier, slug, form)
    return render(request, "desk/moves/page.html", context | {"problems": problems}, status=status)


def _form_context(request: StaffRequest, dossier: Dossier, slug: str, form: MoveForm) -> dict[str, Any]:
    content = get_version(dossier.procedure_id).content
    spares = (
        list_choices(fees=content["fees"], channel=dossier.channel, case=dossier.case_code)
        if slug == "accept"
        else []
    )
    results = [(one["code"], one["name"]) for one in content["results"]]
    owed = {"amount": "", "key": request.POST.get("key") or str(uuid7())}
    return {
        "form": form,
        "slug": slug,
        "values": request.POST,
        "first": _first_values(dossier, results) | owed,
        "choices": choices_of(spares),
        "papers": content["components"],
        "result_options": results,
        "kept": kept_files(request),
    }


def _first_values(dossier: Dossier, results: list[tuple[str, str]]) -> dict[str, str]:
    """What is most likely, so that it need not be typed."""
    one = results[0] if len(results) == 1 else ("", "")
    return {
        "result_code": one[0],
        "name": one[1],
        "receiver_name": dossier.owner_name,
        "method": {"POSTAL": "POST", "ONLINE": "ONLINE"}.get(dossier.result_channel, "DESK"),
    }


@require_http_methods(["GET", "POST"])
@staff()
def step(request: StaffRequest, public_id: UUID, step_id: UUID) -> HttpResponse:
    """Complete a step: what was decided, and a note for whoever comes next."""
    dossier = dossiers.get_dossier(public_id=public_id, by=request.actor)
    problems, status = Problems(), 200
    if request.method == "POST":
        try:
            # Looks the step up itself, among those of this dossier.
            services.complete_step(
                dossier_id=dossier.id,
                step_id=step_id,
                decision=request.POST.get("decision") or None,
                note=request.POST.get("note", "").strip(),
                by=request.actor,
                now=request.now,
            )
        except DomainError as refused:
            problems, status = laid_out(refused, {"decision", "note"}), refused.kind.value
        else:
            return _to_record(dossier, "step")
    current = _own_step(dossier, step_id)
    context = header_of(request, dossier) | {
        "current": current,
        "problems": problems,
        "values": request.POST,
        "may_complete": can_complete_step(request.actor, current),
        "may_claim": can_claim_step(request.actor, current),
        "is_mine": current.holder_id == request.actor.id,
    }
    context["asked"] = asked_of(dossier, current, context["offers"])
    return render(request, "desk/moves/step.html", context, status=status)


def _step_of(request: StaffRequest, public_id: UUID, step_id: UUID) -> tuple[Dossier, StepView]:
    dossier = dossiers.get_dossier(public_id=public_id, by=request.actor)
    return dossier, _own_step(dossier, step_id)


def _own_step(dossier: Dossier, step_id: UUID) -> StepView:
    current = get_step(step_id)
    if current.subject_id != dossier.id:
        raise Http404
    return current


@require_POST
@staff()
def claim(request: StaffRequest, public_id: UUID, step_id: UUID) -> HttpResponse:
    dossier, current = _step_of(request, public_id, step_id)
    services.claim_step(dossier_id=dossier.id, step_id=current.public_id, by=request.actor, now=request.now)
    return _to_record(dossier, "claimed")


@require_POST
@staff()
def release(request: StaffRequest, public_id: UUID, step_id: UUID) -> HttpResponse:
    dossier, current = _step_of(request, public_id, step_id)
    services.release_step(dossier_id=dossier.id, step_id=current.public_id, by=request.actor, now=request.now)
    return _to_record(dossier, "released")
