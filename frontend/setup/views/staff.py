"""People: list, add, one person with duties and delegations."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.enums import Duty
from apps.accounts.selectors import (
    UserView,
    get_duties,
    get_place,
    list_assignments,
    list_delegations,
    list_users,
)
from apps.accounts.services import create_user, edit_user
from apps.organisations.permissions import can_administer
from apps.organisations.selectors import find_leaf, get_unit
from apps.procedures.selectors import list_procedures
from frontend.access import StaffRequest, staff
from frontend.problems import Problems, laid_out
from frontend.setup.done import done_words
from frontend.setup.forms.staff import (
    PERSON_FIELDS,
    administered_person,
    chosen_unit,
    people_choices,
    today_of,
    typed,
    unit_choices,
)
from frontend.setup.permissions import administered_paths
from kernel.errors import DomainError

PAGE = 50


@require_safe
@staff(Duty.UNIT_ADMIN)
def people(request: StaffRequest) -> HttpResponse:
    text, unit_id = request.GET.get("q", "").strip()[:100], request.GET.get("unit", "")
    unit, paths = chosen_unit(unit_id), administered_paths(request.actor)
    under = unit.path if unit and can_administer(request.actor, unit.path) else None
    found: list[tuple[UserView, str]] = []
    if under or len(paths) == 1:
        found = list_users(
            under=under or paths[0], search=text, after=request.GET.get("after", "")[:500], limit=PAGE + 1
        )
    else:  # administrators of several branches: few people, all at once
        for path in paths:
            found += list_users(under=path, search=text, limit=PAGE)
    rows, today = found[:PAGE], today_of(request)
    asked = {name: value for name, value in (("q", text), ("unit", unit_id)) if value}
    older = f"?{urlencode(asked | {'after': get_place(rows[-1][0].id)})}" if len(found) > PAGE else ""
    context = {
        "rows": rows,
        "duties": get_duties({user.id for user, _unit in rows}, on=today),
        "text": text,
        "unit": unit_id,
        "units": unit_choices(request.actor, today),
        "older": older,
        "newer": f"?{urlencode(asked)}" if request.GET.get("after") else "",
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "setup/staff/list.html", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@staff(Duty.UNIT_ADMIN)
def create(request: StaffRequest) -> HttpResponse:
    values, problems = typed(request, PERSON_FIELDS, {"unit": request.GET.get("unit", "")}), Problems()
    if request.method == "POST":
        unit = chosen_unit(values["unit"])
        if unit is None:
            problems.add("unit", _("Hãy chọn đơn vị công tác."))
        else:
            try:
                user = create_user(
                    username=values["username"],
                    full_name=values["full_name"],
                    unit_id=unit.id,
                    password=values["password"] or None,
                    email=values["email"],
                    phone=values["phone"],
                    by=request.actor,
                    now=request.now,
                )
            except DomainError as refused:
                problems = laid_out(refused, PERSON_FIELDS)
            else:
                return to_person(user.public_id, "person-created")
    context = {"typed": values, "problems": problems, "units": unit_choices(request.actor, today_of(request))}
    return render(request, "setup/staff/new.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@staff(Duty.UNIT_ADMIN)
def person(request: StaffRequest, public_id: UUID) -> HttpResponse:
    user = administered_person(request, public_id)
    unit = get_unit(user.unit_id) if user.unit_id else None
    before = {"full_name": user.full_name, "email": user.email, "phone": user.phone,
              "unit": str(unit.public_id) if unit else ""}  # fmt: skip
    values, problems = typed(request, PERSON_FIELDS, before), Problems()
    if request.method == "POST":
        chosen = chosen_unit(values["unit"])
        if chosen is None:
            problems.add("unit", _("Hãy chọn đơn vị công tác."))
        else:
            try:
                edit_user(
                    user_id=user.id,
                    full_name=values["full_name"],
                    unit_id=chosen.id,
                    email=values["email"],
                    phone=values["phone"],
                    by=request.actor,
                    now=request.now,
                )
            except DomainError as refused:
                problems = laid_out(refused, PERSON_FIELDS)
            else:
                return to_person(public_id, "person-saved")
    return show_person(request, user, values=values, problems=problems)


def show_person(
    request: StaffRequest,
    user: UserView,
    *,
    values: dict[str, str] | None = None,
    problems: Problems | None = None,
    act: str = "edit",
    given: dict[str, Any] | None = None,
) -> HttpResponse:
    """The person's page; ``act`` names the form that ``problems`` and ``given`` belong to."""
    today, unit = today_of(request), find_leaf(user.unit_id) if user.unit_id else None
    problems = problems or Problems()
    context = {
        "user": user,
        "unit": unit,
        "typed": values
        or {
            "full_name": user.full_name,
            "email": user.email,
            "phone": user.phone,
            "unit": str(get_unit(user.unit_id).public_id) if user.unit_id else "",
        },
        "problems": problems,
        "act": act,
        "given": given or {},
        "today": today,
        "may_edit": user.is_active and can_administer(request.actor, unit.path if unit else None),
        "assignments": list_assignments(user_id=user.id, on=today),
        "past": [one for one in list_assignments(user_id=user.id) if one.valid_to and one.valid_to < today],
        "delegations": list_delegations(user_id=user.id)[:20],
        "labels": dict(Duty.choices),
        "all_duties": Duty.choices,
        "units": unit_choices(request.actor, today),
        "procedures": [
            (one.code, f"{one.code} – {one.name}") for one in list_procedures(on=today, limit=300).rows
        ],
        "people": people_choices(request.actor, user.id),
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "setup/staff/person.html", context, status=422 if problems else 200)


def to_person(public_id: UUID, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('setup:person', kwargs={'public_id': public_id})}?done={done}")
