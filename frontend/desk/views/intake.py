"""The counter: choose the procedure, fill in the form, receive and print, in under a minute."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.enums import Duty
from apps.dossiers import errors, services
from apps.dossiers import selectors as dossiers
from apps.dossiers.checking import find_case, problems, tidy
from apps.dossiers.enums import Channel, PartyKind, PartyRole
from apps.fees.assessment import list_choices
from apps.forms.compiling import Form, get_form, papers_asked
from apps.organisations.selectors import Leaf
from apps.procedures.selectors import (
    AdoptedView,
    get_version_in_force,
    list_procedures,
    require_handled_here,
)
from frontend.access import StaffRequest, staff
from frontend.desk.drafting import discard_drafts, drafts_of, scope_of, uuid_of, was_just_handed_in
from frontend.desk.forms import intake as forms
from frontend.desk.forms.declared import fill_from_declaration
from frontend.desk.forms.papers import read_papers
from frontend.desk.uploads import kept_files
from frontend.filling.nodes import aimed, names_below, show
from frontend.filling.reading import PREFIX, read_answers
from frontend.filling.rows import change
from frontend.filling.units import places_here
from frontend.filters import day
from frontend.problems import Problems, laid_out
from frontend.sparing import choices_of
from kernel.errors import DomainError, Refusals
from kernel.http.idempotency import KeyReused, once
from kernel.ids import uuid7

counter = staff(Duty.RECEPTION, Duty.SUPPORT)


@require_safe
@counter
def choose(request: StaffRequest) -> HttpResponse:
    """Which procedure? Typed without marks if one likes; the drafts of this person beside it."""
    text = request.GET.get("q", "").strip()[:200]
    page = list_procedures(on=timezone.localdate(request.now), q=text, limit=40)
    names = {row.code: row.name for row in page.rows}
    context = {
        "q": text,
        "procedures": page.rows,
        "drafts": dossiers.list_drafts(by=request.actor),
        "names": names,
    }
    return render(request, "desk/intake/choose.html", context)


@require_http_methods(["GET", "POST"])
@counter
def form(request: StaffRequest, code: str) -> HttpResponse:
    version = _version(request, code)
    if request.method == "POST":
        return _refreshed(request, version) if "refresh" in request.POST else _receive(request, version)
    draft_id = uuid_of(request.GET.get("draft"))
    values = (dossiers.find_draft(draft_id=draft_id, by=request.actor) if draft_id else None) or {}
    return _shown(request, version, values, Problems(), draft_id=draft_id)


def _refreshed(request: StaffRequest, version: AdoptedView) -> HttpResponse:
    """Without JavaScript: the same form again, with known people filled in and the checklist of the chosen case."""
    values, found = forms.read_values(request), Problems()
    fresh = ""
    try:
        fresh = _changed(request, version, values)
        read_papers(request)  # what was uploaded so far is kept
    except DomainError as refused:
        found = laid_out(refused)
    for role in forms.roles_in(values):
        _fill_in(request, values, role.value.lower())
    draft_id = uuid_of(request.POST.get("draft_id"))
    return _shown(
        request,
        version,
        values,
        found,
        draft_id=draft_id,
        key=request.POST.get("idempotency_key", ""),
        fresh=fresh,
    )


def _changed(request: StaffRequest, version: AdoptedView, values: forms.Values) -> str:
    """What a button inside the procedure's form asks for; the block that means something else afterwards."""
    act, form = request.POST.get("refresh", ""), _form_of(version)
    if act == "declared":
        fill_from_declaration(values, form, procedure=version.code, by=request.actor, now=request.now)
        return ""
    facts = {"SUBMITTER": forms.submitter_facts(values)}
    if act.startswith("EARLIER:"):
        at = f"{PREFIX}{act.partition(':')[2]}"
        known = dossiers.find_person(
            identity_number=values.get(f"{at}.identity_number", ""), by=request.actor
        )
        facts["EARLIER"] = _facts_of(known) if known else {}
    return change(form, values, act, facts={source: one for source, one in facts.items() if one})


def _facts_of(known: Any) -> forms.Values:
    return {
        "name": known.name,
        "identity_number": known.identity_number,
        "birth_date": day(known.birth_date),
        "address": known.address,
    }


def _form_of(version: AdoptedView) -> Form:
    return get_form(version.content["form"], content_sha256=version.content_sha256)


def _receive(request: StaffRequest, version: AdoptedView) -> HttpResponse:
    values = forms.read_values(request)
    key = request.POST.get("idempotency_key", "")
    try:
        unit = _unit(request, values)
        papers = read_papers(request)
        _refuse_unread_days(values)
        intake = forms.read_intake(
            values, version.content, unit.id, papers, get_language() or "vi", form=_form_of(version)
        )
        at_once = request.actor.may(Duty.RECEPTION, unit_path=unit.path, procedure=version.code)

        def work() -> dict[str, Any]:
            dossier = services.submit(intake=intake, by=request.actor, now=request.now)
            if at_once:
                services.accept(dossier_id=dossier.id, by=request.actor, now=request.now)
            return {"public_id": str(dossier.public_id)}

        answer, fresh = once(
            scope=scope_of(request),
            key=key,
            fingerprint=forms.print_of(values),
            now=request.now,
            work=work,
        )
    except DomainError as refused:
        # A new key after KeyReused: pressing again then means a second dossier, knowingly.
        renewed = str(uuid7()) if isinstance(refused, KeyReused) else key
        draft_id = uuid_of(request.POST.get("draft_id"))
        found = laid_out(refused, hidden="owner." if forms.owner_is_submitter(values) else None)
        return _shown(
            request, version, values, found, draft_id=draft_id, key=renewed, status=refused.kind.value
        )
    discard_drafts(request)
    done = ("received" if at_once else "submitted") if fresh else "again"
    return HttpResponseRedirect(
        reverse("desk:record", kwargs={"public_id": answer["public_id"]}) + f"?done={done}"
    )


def _shown(
    request: StaffRequest,
    version: AdoptedView,
    values: forms.Values,
    found: Problems,
    *,
    draft_id: UUID | None,
    key: str = "",
    status: int = 200,
    fresh: str = "",
) -> HttpResponse:
    context = _context(request, version, values, found, fresh=fresh) | {
        "key": key or str(uuid7()),
        "draft_id": draft_id,
        "saved_at": None,
    }
    return render(request, "desk/intake/form.html", context, status=status)


def _context(
    request: StaffRequest, version: AdoptedView, values: forms.Values, found: Problems, *, fresh: str = ""
) -> dict[str, Any]:
    content = version.content
    form, places = _form_of(version), places_here()
    units = forms.receiving_units(request.actor)
    unit = forms.chosen_unit(values, units)
    may_accept = unit is not None and request.actor.may(
        Duty.RECEPTION, unit_path=unit.path, procedure=version.code
    )
    case = find_case(content, values.get("case_code") or None) or content["cases"][0]
    choices = choices_of(list_choices(fees=content["fees"], case=case["code"]))
    return {
        "version": version,
        "content": content,
        "values": values,
        "problems": found,
        "units": units,
        "unit": unit,
        "may_accept": may_accept,
        "case": case,
        "papers": _papers_of(content, case, papers_asked(form, read_answers(form, values, places=places))),
        "sections": show(
            form,
            values,
            aimed(found, form, values, places),
            places=places,
            papers={component["key"]: component["name"] for component in content["components"]},
            fresh=fresh,
            offers=(("SUBMITTER", _("Như người nộp hồ sơ")), ("EARLIER", _("Tìm theo số định danh"))),
        ),
        "owner_same": forms.owner_is_submitter(values),
        "roles": list(PartyRole),
        "kinds": PartyKind.choices,
        "channels": [(one, Channel(one).label) for one in content["channels"] if one != Channel.ONLINE],
        "result_channels": Channel.choices,
        "by_copy": any(fee.get("per") == "COPY" for fee in content["fees"]),
        "choices": choices,
        "claimed": next((one for one in choices if one.key == values.get("declared_group")), None),
        "kept": kept_files(request),
        "preview": _preview(request, version, values, unit, case, confirms=may_accept),
    }


def _papers_of(content: dict[str, Any], case: dict[str, Any], asked: dict[str, bool]) -> list[dict[str, Any]]:
    """Those that must be there first; ``asked``: what the answers call for."""
    known = {component["key"]: component for component in content["components"]}
    papers = [
        {**known[key], "required": known[key]["required"] or asked.get(key, False)}
        for key in case["components"]
    ]
    return sorted(papers, key=lambda component: not component["required"])


def _preview(
    request: StaffRequest,
    version: AdoptedView,
    values: forms.Values,
    unit: Leaf | None,
    case: dict[str, Any],
    *,
    confirms: bool,
) -> Any:
    """``confirms``: who types this also sees the papers, so that a group that is spared counts at once."""
    if unit is None:
        return None
    copies = values.get("copies", "")
    try:
        return dossiers.preview_intake(
            procedure_code=version.code,
            case_code=case["code"],
            channel=values.get("channel") or Channel.DIRECT,
            copies=int(copies) if copies.isascii() and copies.isdigit() and 0 < len(copies) < 4 else 1,
            receiving_unit_id=unit.id,
            exempt_group=values.get("exempt_group") or None if confirms else None,
            now=request.now,
        )
    except DomainError as refused:  # no working hours entered, no competent unit: said now, not after typing
        return str(refused)


@require_POST
@counter
def draft(request: StaffRequest, code: str) -> HttpResponse:
    """While a person types: saved, checked field by field, fee and due date worked out."""
    version = _version(request, code)
    values = forms.read_values(request)
    draft_id = services.save_draft(
        draft_id=next(drafts_of(request), None),
        procedure_code=version.code,
        content=values,
        by=request.actor,
        now=request.now,
    )
    if was_just_handed_in(request):
        discard_drafts(request)
        return HttpResponse(status=204)
    found = _problems_of_typed(request, version, values)
    context = _context(request, version, values, found)
    context |= {"draft_id": draft_id, "saved_at": request.now, "fields": _field_names(context, values)}
    response = render(request, "desk/intake/_saved.html", context)
    response["HX-Replace-Url"] = (
        f"{reverse('desk:intake-form', kwargs={'code': version.code})}?draft={draft_id}"
    )
    return response


def _field_names(context: dict[str, Any], values: forms.Values) -> list[str]:
    people = [
        f"{role.value.lower()}.{name}"
        for role in forms.roles_in(values)
        for name in ("name", "identity_number", "birth_date", "phone", "email", "address")
    ]
    answers = [name for part in context["sections"] for node in part.nodes for name in names_below(node)]
    return [*people, *answers, *(f"components.{paper['key']}" for paper in context["papers"])]


def _problems_of_typed(request: StaffRequest, version: AdoptedView, values: forms.Values) -> Problems:
    """Of what has been typed so far: a field that is still empty is no mistake yet."""
    shown = Problems()
    for name, text in forms.unread_days(values):
        shown.add(name, str(errors.DateInvalid(value=text)))
    intake = tidy(forms.read_intake(values, version.content, 0, (), "vi", form=_form_of(version)))
    today = timezone.localdate(request.now)
    for problem in problems(intake, version.content, version.content_sha256, today):
        if problem.field and values.get(problem.field, "").strip():
            shown.add(problem.field, str(problem))
    return aimed(shown, _form_of(version), values, places_here())


@require_POST
@counter
def papers(request: StaffRequest, code: str) -> HttpResponse:
    """The checklist of another case, with what was already ticked; and who is spared its fee."""
    context = _context(request, _version(request, code), forms.read_values(request), Problems())
    context["oob"] = True
    return render(request, "desk/intake/_papers.html", context)


@require_POST
@counter
def person(request: StaffRequest, code: str, role: str) -> HttpResponse:
    """Somebody who has been here before: their block filled in where nothing was typed. 204: not known."""
    values = forms.read_values(request)
    if role.upper() not in PartyRole.values:
        return HttpResponse(status=204)
    if not _fill_in(request, values, role):
        return HttpResponse(status=204)
    context = {"values": values, "problems": Problems(), "role": PartyRole(role.upper()), "found": True}
    context |= {"kinds": PartyKind.choices, "version": _version(request, code)}
    return render(request, "desk/intake/_person.html", context)


def _fill_in(request: StaffRequest, values: forms.Values, role: str) -> bool:
    """Put what is known of this person where nothing was typed; whether anything is known."""
    known = dossiers.find_person(identity_number=values.get(f"{role}.identity_number", ""), by=request.actor)
    if known is None:
        return False
    facts = {
        "name": known.name,
        "birth_date": day(known.birth_date),
        "phone": known.phone,
        "email": known.email,
        "address": known.address,
    }
    values[f"{role}.kind"] = known.kind  # the form has no "not said yet": what the number belongs to decides
    for name, value in facts.items():
        if not values.get(f"{role}.{name}", "").strip():
            values[f"{role}.{name}"] = value
    return True


def _version(request: StaffRequest, code: str) -> AdoptedView:
    version = get_version_in_force(code=code, on=timezone.localdate(request.now))
    if version is None:
        raise errors.ProcedureUnknown(value=code)
    require_handled_here(version)  # said now, not after typing
    return version


def _unit(request: StaffRequest, values: forms.Values) -> Leaf:
    unit = forms.chosen_unit(values, forms.receiving_units(request.actor))
    if unit is None:
        raise errors.UnitDoesNotReceive(value="—")
    return unit


def _refuse_unread_days(values: forms.Values) -> None:
    unread = [errors.DateInvalid(field=name, value=text) for name, text in forms.unread_days(values)]
    if unread:
        raise Refusals(list(unread))
