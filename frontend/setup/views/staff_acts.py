"""What is done to one person: duties, delegation, password. A refusal shows the page again with what was typed."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from apps.accounts.enums import Duty
from apps.accounts.services import assign_duty, delegate, end_delegation, revoke_duty, set_password
from frontend.access import StaffRequest, staff
from frontend.problems import Problems, laid_out
from frontend.setup.forms.staff import (
    administered_person,
    chosen_person,
    chosen_unit,
    today_of,
    typed,
    wanted_day,
)
from frontend.setup.views.staff import show_person, to_person
from kernel.errors import DomainError

_ASSIGN = {"duty", "duty_unit", "procedure_code", "valid_from", "valid_to"}
_DELEGATE = {"to_user", "from_date", "to_date", "ground"}


@require_POST
@staff(Duty.UNIT_ADMIN)
def assign(request: StaffRequest, public_id: UUID) -> HttpResponse:
    user, values, problems = administered_person(request, public_id), typed(request, _ASSIGN, {}), Problems()
    unit = chosen_unit(values["duty_unit"])
    if unit is None:
        problems.add("duty_unit", _("Hãy chọn đơn vị của nhiệm vụ."))
    valid_from = wanted_day(values, "valid_from", problems, otherwise=today_of(request))
    valid_to = wanted_day(values, "valid_to", problems)
    if not problems and unit and valid_from:
        try:
            assign_duty(
                user_id=user.id,
                duty=values["duty"],
                unit_id=unit.id,
                procedure_code=values["procedure_code"] or None,
                valid_from=valid_from,
                valid_to=valid_to,
                by=request.actor,
                now=request.now,
            )
        except DomainError as refused:
            problems = laid_out(refused, _ASSIGN)
        else:
            return to_person(public_id, "assigned")
    return show_person(request, user, problems=problems, act="assign", given=values)


@require_POST
@staff(Duty.UNIT_ADMIN)
def revoke(request: StaffRequest, public_id: UUID, assignment_id: int) -> HttpResponse:
    revoke_duty(assignment_id=assignment_id, by=request.actor, now=request.now)
    return to_person(public_id, "revoked")


@require_POST
@staff(Duty.UNIT_ADMIN)
def stand_in(request: StaffRequest, public_id: UUID) -> HttpResponse:
    user, values, problems = (
        administered_person(request, public_id),
        typed(request, _DELEGATE, {}),
        Problems(),
    )
    duties, taker = tuple(request.POST.getlist("duties")), chosen_person(values["to_user"])
    if taker is None:
        problems.add("to_user", _("Hãy chọn người được ủy quyền."))
    if not duties:
        problems.add("duties", _("Hãy chọn ít nhất một nhiệm vụ."))
    first = wanted_day(values, "from_date", problems, otherwise=today_of(request))
    last = wanted_day(values, "to_date", problems)
    if last is None and not problems.of("to_date"):
        problems.add("to_date", _("Ủy quyền phải có ngày cuối cùng."))
    if not problems and taker and first and last:
        try:
            delegate(
                from_user_id=user.id,
                to_user_id=taker.id,
                duties=duties,
                from_date=first,
                to_date=last,
                ground=values["ground"],
                by=request.actor,
                now=request.now,
            )
        except DomainError as refused:
            problems = laid_out(refused, _DELEGATE | {"duties"})
        else:
            return to_person(public_id, "delegated")
    return show_person(request, user, problems=problems, act="delegate", given={**values, "duties": duties})


@require_POST
@staff(Duty.UNIT_ADMIN)
def end_stand_in(request: StaffRequest, public_id: UUID, delegation_id: int) -> HttpResponse:
    end_delegation(delegation_id=delegation_id, by=request.actor, now=request.now)
    return to_person(public_id, "delegation-ended")


@sensitive_post_parameters("password")
@require_POST
@staff(Duty.UNIT_ADMIN)
def password(request: StaffRequest, public_id: UUID) -> HttpResponse:
    user = administered_person(request, public_id)
    try:
        set_password(
            user_id=user.id, password=request.POST.get("password", ""), by=request.actor, now=request.now
        )
    except DomainError as refused:
        return show_person(request, user, problems=laid_out(refused, {"password"}), act="password")
    return to_person(public_id, "password-set")
