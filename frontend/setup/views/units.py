"""The tree of agencies: list, add, edit, close, codes."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.enums import Duty
from apps.accounts.selectors import list_users
from apps.organisations.codes import propose_qcvn102
from apps.organisations.enums import REAL_KINDS, CodeSystem, UnitKind
from apps.organisations.permissions import can_administer
from apps.organisations.selectors import (
    UnitView,
    get_unit,
    get_unit_by_public_id,
    list_aliases,
    list_ancestors,
    list_units,
)
from apps.organisations.services import add_alias, close_unit, create_unit, rename_unit
from frontend.access import StaffRequest, staff
from frontend.problems import Problems, laid_out
from frontend.setup.done import done_words
from frontend.setup.permissions import administered_paths
from frontend.typed import read_day
from kernel.errors import DomainError

_PAGE = 400
_KINDS = [(kind.value, kind.label) for kind in REAL_KINDS]
_FIELDS = {
    "code",
    "name",
    "kind",
    "parent",
    "short_name",
    "address",
    "phone",
    "valid_from",
    "last_day",
    "successor",
}


@require_safe
@staff(Duty.UNIT_ADMIN)
def units(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate(request.now)
    text, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    everything = request.GET.get("closed") == "1"
    rows: list[UnitView] = []
    for path in administered_paths(request.actor):
        rows += list_units(
            on=None if everything else today,
            under=path,
            kinds=(kind,) if kind in REAL_KINDS else (),
            search=text,
            limit=_PAGE,
        )
    context = {
        "rows": rows,
        "top": min((row.depth for row in rows), default=0),
        "today": today,
        "text": text,
        "kind": kind,
        "closed": everything,
        "kinds": _KINDS,
        "labels": dict(UnitKind.choices),
        "is_asked": bool(text or kind or everything),
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "setup/units/list.html", context)


@require_http_methods(["GET", "POST"])
@staff(Duty.UNIT_ADMIN)
def create(request: StaffRequest) -> HttpResponse:
    typed = _typed(request, {"parent": request.GET.get("parent", ""), "valid_from": "", "kind": "DIVISION"})
    problems = Problems()
    if request.method == "POST":
        valid_from = _day(typed["valid_from"], "valid_from", problems)
        parent = _chosen(typed["parent"])
        if parent is None:
            problems.add("parent", _("Hãy chọn đơn vị cấp trên trực tiếp."))
        if not problems and valid_from and parent:
            try:
                unit = create_unit(
                    code=typed["code"],
                    name=typed["name"],
                    short_name=typed["short_name"],
                    kind=typed["kind"],
                    parent_id=parent.id,
                    address=typed["address"],
                    phone=typed["phone"],
                    receives=bool(typed["receives"]),
                    valid_from=valid_from,
                    by=request.actor,
                    now=request.now,
                )
            except DomainError as refused:
                problems = laid_out(refused, _FIELDS)
            else:
                return _to_unit(unit.public_id, "unit-created")
    context = {"typed": typed, "problems": problems, "kinds": _KINDS, "parents": _choices(request)}
    return render(request, "setup/units/new.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@staff(Duty.UNIT_ADMIN)
def unit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    view = get_unit_by_public_id(public_id)
    typed = _typed(request, {"name": view.name, "short_name": view.short_name, "address": view.address,
                             "phone": view.phone, "receives": "1" if view.receives else ""})  # fmt: skip
    problems = Problems()
    if request.method == "POST":
        try:
            rename_unit(
                unit_id=view.id,
                name=typed["name"],
                short_name=typed["short_name"],
                address=typed["address"],
                phone=typed["phone"],
                receives=bool(typed["receives"]),
                by=request.actor,
                now=request.now,
            )
        except DomainError as refused:
            problems = laid_out(refused, _FIELDS)
        else:
            return _to_unit(public_id, "unit-saved")
    return render(
        request,
        "setup/units/unit.html",
        _unit_context(request, view, typed, problems),
        status=422 if problems else 200,
    )


def _unit_context(
    request: StaffRequest, view: UnitView, typed: dict[str, str], problems: Problems
) -> dict[str, Any]:
    today = timezone.localdate(request.now)
    return {
        "unit": view,
        "typed": typed,
        "problems": problems,
        "today": today,
        "is_open": view.is_open(today),
        "may_edit": can_administer(request.actor, view.path),
        "kind": UnitKind(view.kind).label,
        "above": list_ancestors(view.path)[:-1],
        "below": [one for one in list_units(on=today, under=view.path) if one.parent_id == view.id],
        "people": list_users(unit_id=view.id, limit=100),
        "aliases": list_aliases(view.id),
        "systems": dict(CodeSystem.choices),
        "proposed": propose_qcvn102(view.code),
        "successor": get_unit(view.successor_id) if view.successor_id else None,
        "done": done_words(request.GET.get("done", "")),
    }


@require_http_methods(["GET", "POST"])
@staff(Duty.UNIT_ADMIN)
def close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    view = get_unit_by_public_id(public_id)
    typed, problems = _typed(request, {"last_day": "", "successor": ""}), Problems()
    if request.method == "POST":
        last_day = _day(typed["last_day"], "last_day", problems)
        successor = _chosen(typed["successor"])
        if not problems and last_day:
            try:
                close_unit(
                    unit_id=view.id,
                    last_day=last_day,
                    successor_id=successor.id if successor else None,
                    by=request.actor,
                    now=request.now,
                )
            except DomainError as refused:
                problems = laid_out(refused, _FIELDS)
            else:
                return _to_unit(public_id, "unit-closed")
    context = {
        "unit": view,
        "typed": typed,
        "problems": problems,
        "others": _choices(request, besides=view.id),
    }
    return render(request, "setup/units/close.html", context, status=422 if problems else 200)


@require_POST
@staff(Duty.UNIT_ADMIN)
def codes(request: StaffRequest, public_id: UUID) -> HttpResponse:
    view = get_unit_by_public_id(public_id)
    system = request.POST.get("system", "")
    add_alias(
        unit_id=view.id,
        system=system if system in CodeSystem.values else CodeSystem.LOCAL,
        code=request.POST.get("alias", "").strip()[:35],
        valid_from=timezone.localdate(request.now),
        by=request.actor,
        now=request.now,
    )
    return _to_unit(public_id, "code-added")


def _to_unit(public_id: UUID, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('setup:unit', kwargs={'public_id': public_id})}?done={done}")


def _typed(request: StaffRequest, before: dict[str, str]) -> dict[str, str]:
    """What was typed; on the first look what stands."""
    names = {*_FIELDS, "receives"}
    if request.method == "POST":
        return {name: request.POST.get(name, "")[:400] for name in names}
    return dict.fromkeys(names, "") | before


def _day(text: str, field: str, problems: Problems) -> date | None:
    day = read_day(text)
    if day is None:
        problems.add(field, _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 01/07/2025."))
    return day


def _chosen(text: str) -> UnitView | None:
    try:
        return get_unit_by_public_id(UUID(text))
    except (ValueError, DomainError):
        return None


def _choices(request: StaffRequest, besides: int = 0) -> list[tuple[str, str]]:
    today = timezone.localdate(request.now)
    found: list[tuple[str, str]] = []
    for path in administered_paths(request.actor):
        for one in list_units(on=today, under=path):
            if one.id != besides:
                found.append((str(one.public_id), "– " * one.depth + f"{one.name} ({one.code})"))
    return found
