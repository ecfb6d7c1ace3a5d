"""Adopted procedures: list, one with its history, adopting what the centre has published."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.catalogue.selectors import VersionContent
from apps.catalogue.value_words import say_duration, say_value
from apps.deadlines.wording import say_amount
from apps.organisations.selectors import UnitView, get_units, list_units
from apps.procedures.enums import AdoptedState, Origin, RecordSystem, Slot, UnitRole, UnitRule
from apps.procedures.override_reading import has_ended
from apps.procedures.record import Record
from apps.procedures.selectors import (
    HistoryView,
    OfferView,
    UnitOfRole,
    can_give_units,
    find_offer,
    find_running,
    get_version_by_public_id,
    get_version_in_force,
    list_history,
    list_local_bases,
    list_offers,
)
from apps.procedures.selectors import list_units as list_roles
from apps.procedures.services import adopt
from frontend.access import StaffRequest, staff
from frontend.content_words import content_words
from frontend.filters import vnd
from frontend.problems import Problems
from frontend.setup.done import done_words
from frontend.setup.forms.adoption import Asked, first_values, kept_overrides, laid_out, read_overrides
from frontend.setup.forms.adoption_fees import GROUPS, places
from frontend.setup.forms.adoption_reading import whole_number
from frontend.setup.forms.adoption_steps import list_notes, list_steps
from frontend.setup.forms.record import read_record, record_values
from frontend.setup.forms.staff import today_of
from frontend.setup.override_words import override_words
from frontend.setup.permissions import ROOM, can_keep_procedures
from frontend.typed import read_day
from kernel.errors import DomainError
from kernel.vietnamese import fold


@require_safe
@staff(*ROOM)
def procedures(request: StaffRequest) -> HttpResponse:
    text, view = request.GET.get("q", "").strip()[:100], request.GET.get("view", "all")
    offers = list_offers(on=today_of(request))
    newer = [offer for offer in offers if offer.is_newer]
    shown = newer if view == "newer" else offers
    words = fold(text).split()
    context = {
        "rows": [one for one in shown if all(word in fold(f"{one.code} {one.name}") for word in words)],
        "tabs": [
            ("?view=all", _("Tất cả"), str(len(offers)), view != "newer"),
            ("?view=newer", _("Có bản mới hoặc chưa áp dụng"), str(len(newer)), view == "newer"),
        ],
        "view": view,
        "text": text,
        "may_adopt": can_keep_procedures(request.actor),
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "setup/procedures/list.html", context)


@require_safe
@staff(*ROOM)
def procedure(request: StaffRequest, code: str) -> HttpResponse:
    history = list_history(code)
    if not history:
        raise Http404
    current = get_version_in_force(code, today_of(request)) or get_version_by_public_id(history[0].public_id)
    roles = list_roles(current.id)
    units = get_units({role.unit_id for role in roles if role.unit_id})
    context = {
        "procedure": current,
        "words": content_words(current.content),
        "roles": [_role_words(role, units) for role in roles],
        "today": today_of(request),
        "record_label": RecordSystem(current.record.system).label,
        "history": _adoptions(history, units, current.content, today_of(request)),
        "offer": _offer(request, code),
        "later": _later(history, current.template_number, today_of(request)),
        "may_adopt": can_keep_procedures(request.actor),
        "may_give_units": can_keep_procedures(request.actor) and can_give_units(current),
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "setup/procedures/procedure.html", context)


@require_http_methods(["GET", "POST"])
@staff("PROCEDURE_CONTROLLER")
def adopt_newest(request: StaffRequest, code: str) -> HttpResponse:
    """The version is named in the form: if the centre publishes another meanwhile, nothing is taken over unseen.

    ``?running``: not the newest but what is in force, while a newer one that is adopted already begins later.
    """
    find = find_running if "running" in request.GET else find_offer
    template = find(code, on=today_of(request))
    if template is None:
        raise Http404
    before = list_history(code)
    today = today_of(request)
    old = _overrides_of(before, template.number, today)
    units = list_units(on=today)
    problems, values = Problems(), first_values(template.content, old, {unit.id: unit for unit in units})
    running = get_version_in_force(code, today)
    values |= record_values(running.record if running else Record())
    if request.method == "POST":
        values = {name: str(value) for name, value in request.POST.items()}
        asked = read_overrides(
            request.POST, template.content, old, {str(unit.public_id): unit for unit in units}
        )
        problems = _take_over(request, template, asked)
        if not problems:
            done = reverse("setup:procedure", kwargs={"code": code})
            return HttpResponseRedirect(f"{done}?done=adopted")
    context = _adoption_context(template, before, old, values, problems, units)
    context["current"] = running
    return render(request, "setup/procedures/adopt.html", context, status=422 if problems else 200)


def _take_over(request: StaffRequest, template: VersionContent, asked: Asked) -> Problems:
    problems = Problems()
    text = request.POST.get("in_force_from", "").strip()
    day = read_day(text) if text else None
    if text and day is None:
        problems.add("in_force_from", _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 01/07/2025."))
    if request.POST.get("version") != str(template.public_id):
        problems.add(
            "",
            _("Trung ương vừa công bố bản mới hơn. Nội dung dưới đây là bản mới; hãy xem lại rồi áp dụng."),
        )
    if problems:
        return problems
    try:
        adopt(
            template_version_id=UUID(str(template.public_id)),
            overrides=asked.overrides,
            in_force_from=day,
            record=read_record(request.POST) if "record_system" in request.POST else None,
            seen=whole_number(request.POST.get("seen", "")),
            by=request.actor,
            now=request.now,
        )
    except DomainError as refused:
        return laid_out(refused, asked)
    return problems


def _adoption_context(
    template: VersionContent,
    before: list[HistoryView],
    old: list[dict[str, Any]],
    values: dict[str, str],
    problems: Problems,
    units: list[UnitView],
) -> dict[str, Any]:
    content = template.content
    steps = list_steps(content)
    return {
        "template": template,
        "content": content,
        "seen": values.get("seen", before[0].number if before else 0),
        "values": values,
        "problems": problems,
        "slots": set(content["slots"]),
        "slot_names": [Slot(slot).label for slot in content["slots"]],
        "cases": [
            (case["name"], say_amount(case["limit"]["amount"], case["limit"]["unit"]))
            for case in content["cases"]
        ],
        "systems": RecordSystem.choices,
        "roles": UnitRole.choices,
        "rules": UnitRule.choices,
        "units": [(str(unit.public_id), "– " * unit.depth + unit.name) for unit in units],
        "fees": [(place, fee, channel, _fee_label(fee, channel)) for place, fee, channel in places(content)],
        "groups": range(GROUPS),
        "steps": [(name, say_duration(time) if time else _("chưa quy định")) for _step, name, time in steps],
        "notes": list_notes(content),
        "codes": [(unit.code, "– " * unit.depth + unit.name) for unit in units],
        "kept": [
            override_words(one, {unit.id: unit for unit in units}, content)
            for one in kept_overrides(content, old)
        ],
    }


def _overrides_of(history: list[HistoryView], number: int, today: date) -> list[dict[str, Any]]:
    """Of the newest adoption, of this template if there is one; what has run out meanwhile is not offered again."""
    row = next((one for one in history if one.template_number == number), history[0] if history else None)
    return [one for one in row.overrides if not has_ended(one, today)] if row else []


def _fee_label(fee: dict[str, Any], channel: str | None) -> str:
    if channel is None:
        return _("%(fee)s (quốc gia: %(amount)s)") % {"fee": fee["name"], "amount": vnd(fee["amount"])}
    return _("Riêng hồ sơ nộp %(channel)s") % {"channel": say_value("fees.channel", channel)}


def _role_words(role: UnitOfRole, units: dict[int, UnitView]) -> tuple[str, str, str]:
    name = units[role.unit_id].name if role.unit_id else ""
    return str(UnitRole(role.role).label), str(UnitRule(role.rule).label), name


@dataclass(frozen=True, slots=True)
class Adoption:
    """One line of the history. ``last_day``: in force to its end; ``ended``: ran out before it began."""

    row: HistoryView
    state: str
    last_day: date | None
    basis: str
    changes: list[str]
    ended: list[str]


def _adoptions(
    history: list[HistoryView], units: dict[int, UnitView], content: dict[str, Any], today: date
) -> list[Adoption]:
    bases = list_local_bases(row.template_version for row in history if row.origin == Origin.LOCAL)

    def words(row: HistoryView, *, ended: bool) -> list[str]:
        return [
            override_words(one, units, content)
            for one in row.overrides
            if has_ended(one, row.in_force_from) == ended
        ]

    return [
        Adoption(
            row=row,
            state=_standing(row, today),
            last_day=row.in_force_to - timedelta(days=1) if row.in_force_to else None,
            basis=bases.get(row.template_version, ""),
            changes=words(row, ended=False),
            ended=words(row, ended=True),
        )
        for row in history
    ]


def _standing(row: HistoryView, today: date) -> str:
    """Said only beside what is in force today or is to begin later."""
    if row.in_force_from > today and (row.in_force_to is None or row.in_force_to > row.in_force_from):
        return _("sẽ áp dụng")
    if row.in_force_from <= today and (row.in_force_to is None or row.in_force_to > today):
        return str(AdoptedState(row.state).label)
    return ""


def _later(history: list[HistoryView], running: int, today: date) -> HistoryView | None:
    """A newer national version that is adopted already and has not begun."""
    found = [
        row
        for row in history
        if row.in_force_from > today
        and row.template_number > running
        and (row.in_force_to is None or row.in_force_to > row.in_force_from)
    ]
    return min(found, key=lambda row: row.in_force_from, default=None)


def _offer(request: StaffRequest, code: str) -> OfferView | None:
    return next((offer for offer in list_offers(on=today_of(request)) if offer.code == code), None)
