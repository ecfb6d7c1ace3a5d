"""The three sides of a new national version: decided one by one, kept as they are decided, then taken over."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from apps.catalogue.enums import DeferralReason
from apps.catalogue.errors import DeferralReasonNeeded
from apps.catalogue.selectors import OfferNote, list_offer_notes
from apps.organisations.selectors import get_units
from apps.procedures.enums import Choice, Slot
from apps.procedures.errors import AdoptedMeanwhile
from apps.procedures.merging import Conflict
from apps.procedures.merging_words import say_national, say_override
from apps.procedures.selectors import Comparison, get_comparison
from apps.procedures.services import adopt_merged, defer_adoption, save_decision, withdraw_deferral
from frontend.access import StaffRequest, staff
from frontend.errors import is_partial
from frontend.problems import Problems, laid_out
from frontend.setup.done import done_words
from frontend.setup.forms.adoption_reading import whole_number
from frontend.setup.forms.comparing import Values, first_values, read_decision
from frontend.setup.forms.staff import today_of
from frontend.typed import read_day
from kernel.errors import DomainError
from tenants.registry.context import get_current_tenant


@require_safe
@staff("PROCEDURE_CONTROLLER")
def compare(request: StaffRequest, code: str) -> HttpResponse:
    return _shown(request, get_comparison(code, on=today_of(request)))


@require_POST
@staff("PROCEDURE_CONTROLLER")
def decide(request: StaffRequest, code: str) -> HttpResponse:
    """One conflict. What is chosen is kept at once; what is refused comes back as it was typed."""
    key = request.POST.get("key", "")
    before = get_comparison(code, on=today_of(request))
    conflict = next((one for one in before.merged.conflicts if one.key == key), None)
    if conflict is None:
        raise Http404
    decision, values, problems = read_decision(request.POST, conflict.override["slot"])
    if decision is not None:
        try:
            save_decision(
                code=code,
                version=_version(request),
                key=key,
                decision=decision,
                seen=whole_number(request.POST.get("seen", "")) or 0,
                by=request.actor,
                now=request.now,
            )
        except DomainError as refused:
            problems = _beside(refused)
    comparison = get_comparison(code, on=today_of(request))
    typed = {key: (values, problems)}
    if not is_partial(request):
        if problems:
            return _shown(request, comparison, typed, status=422)
        return HttpResponseRedirect(reverse("setup:procedure-compare", kwargs={"code": code}) + f"#c-{key}")
    context = _context(request, comparison, typed)
    context["row"] = next(row for row in context["conflicts"] if row["conflict"].key == key)
    return render(request, "setup/procedures/_decided.html", context)


@require_POST
@staff("PROCEDURE_CONTROLLER")
def take_over(request: StaffRequest, code: str) -> HttpResponse:
    text = request.POST.get("in_force_from", "").strip()
    day = read_day(text) if text else None
    problems = Problems()
    if text and day is None:
        problems.add("in_force_from", _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 01/07/2025."))
    if not problems:
        try:
            adopt_merged(
                code=code,
                version=_version(request),
                in_force_from=day,
                seen=whole_number(request.POST.get("seen", "")),
                by=request.actor,
                now=request.now,
            )
        except AdoptedMeanwhile:
            raise  # what was compared is no more: a page of its own says who has adopted
        except DomainError as refused:
            problems = laid_out(refused, {"in_force_from"})
    if not problems:
        return HttpResponseRedirect(reverse("setup:procedure", kwargs={"code": code}) + "?done=adopted")
    comparison = get_comparison(code, on=today_of(request))
    return _shown(request, comparison, problems=problems, day=text, status=422)


@require_POST
@staff("PROCEDURE_CONTROLLER")
def defer(request: StaffRequest, code: str) -> HttpResponse:
    """Why it is not adopted yet, told to the centre."""
    typed = {name: request.POST.get(name, "").strip()[:1000] for name in _DEFERRAL}
    problems, until = Problems(), read_day(typed["until"])
    if until is None:
        problems.add("until", _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 01/07/2025."))
        if typed["reason"] not in DeferralReason.values:
            problems.add("reason", str(DeferralReasonNeeded()))
    else:
        try:
            defer_adoption(
                code=code,
                version=_version(request),
                reason=typed["reason"],
                words=typed["words"],
                until=until,
                by=request.actor,
                now=request.now,
            )
        except DomainError as refused:
            problems = laid_out(refused, set(_DEFERRAL))
    if problems:
        comparison = get_comparison(code, on=today_of(request))
        return _shown(request, comparison, problems=problems, deferral=typed, status=422)
    return HttpResponseRedirect(_compare_url(code, "deferred"))


@require_POST
@staff("PROCEDURE_CONTROLLER")
def withdraw(request: StaffRequest, code: str) -> HttpResponse:
    try:
        withdraw_deferral(code=code, version=_version(request), by=request.actor, now=request.now)
    except DomainError as refused:
        comparison = get_comparison(code, on=today_of(request))
        return _shown(request, comparison, problems=laid_out(refused, set()), status=422)
    return HttpResponseRedirect(_compare_url(code, "deferral-withdrawn"))


_DEFERRAL = ("reason", "words", "until")
_EDITS = {
    Slot.STEPS: gettext_lazy("Thời gian khác, bằng giờ làm việc"),
    Slot.WORDING: gettext_lazy("Lời khác"),
}


def _compare_url(code: str, done: str) -> str:
    return reverse("setup:procedure-compare", kwargs={"code": code}) + f"?done={done}"


def _version(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("version", ""))
    except ValueError as error:
        raise Http404 from error


def _beside(refused: DomainError) -> Problems:
    problems = Problems()
    for _name, sentence in laid_out(refused).summary:
        problems.add("choice", sentence)
    return problems


def _shown(
    request: StaffRequest,
    comparison: Comparison,
    typed: dict[str, tuple[Values, Problems]] | None = None,
    *,
    problems: Problems | None = None,
    day: str = "",
    deferral: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _context(request, comparison, typed or {})
    version = comparison.new.public_id
    note = list_offer_notes(tenant_code=get_current_tenant().code, versions=[version])[version]
    context |= {
        "problems": problems or Problems(),
        "in_force_from": day,
        "note": note,
        "reasons": DeferralReason.choices,
        "deferral": deferral or _said(note),
        "today": today_of(request),
        "done": done_words(request.GET.get("done", "")) if request.method == "GET" else "",
    }
    return render(request, "setup/procedures/compare.html", context, status=status)


def _said(note: OfferNote) -> dict[str, str]:
    said = note.deferral
    if said is None:
        return dict.fromkeys(_DEFERRAL, "")
    return {"reason": said.reason, "words": said.words, "until": f"{said.until:%d/%m/%Y}"}


def _context(
    request: StaffRequest, comparison: Comparison, typed: dict[str, tuple[Values, Problems]]
) -> dict[str, Any]:
    base, new = comparison.base.content, comparison.new.content
    ids = {int(one["unit_id"]) for one in comparison.overrides if one.get("unit_id")}
    units = {unit.id: unit.name for unit in get_units(ids).values()} if ids else {}
    return {
        "comparison": comparison,
        "conflicts": [
            {
                **_decided(comparison, conflict, typed),
                "says": say_override(conflict.override, base, new, units),
            }
            for conflict in comparison.merged.conflicts
        ],
        "kept": [say_override(one, base, new, units) for one in comparison.merged.kept],
        "national": [say_national(change, base, new) for change in comparison.merged.national],
    }


def _decided(
    comparison: Comparison, conflict: Conflict, typed: dict[str, tuple[Values, Problems]]
) -> dict[str, Any]:
    decided = comparison.decided.get(conflict.key)
    first = first_values(conflict, decided.decision if decided else None)
    values, problems = typed.get(conflict.key, (first, Problems()))
    return {
        "conflict": conflict,
        "why": conflict.clash.label,
        "choices": [(choice.value, choice.label) for choice in conflict.choices],
        "may_edit": Choice.EDIT in conflict.choices,
        "edits": _EDITS.get(conflict.override["slot"], _("Mức khác")),
        "decided": decided,
        "values": values,
        "problems": problems,
    }
