"""Somebody leaves: what they hold is shown first, then closed and handed over."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.enums import Duty
from apps.accounts.selectors import list_assignments, list_delegations
from apps.accounts.services import retire_user
from frontend.access import StaffRequest, staff
from frontend.problems import Problems, laid_out
from frontend.setup.forms.staff import administered_person, chosen_person, people_choices, today_of
from kernel.errors import DomainError

_TO_THE_UNIT = "unit"


@require_http_methods(["GET", "POST"])
@staff(Duty.UNIT_ADMIN)
def leave(request: StaffRequest, public_id: UUID) -> HttpResponse:
    user, today, problems = administered_person(request, public_id), today_of(request), Problems()
    chosen = request.POST.get("hand_over_to", "")
    if request.method == "POST":
        successor = chosen_person(chosen)
        if successor is None and chosen != _TO_THE_UNIT:
            problems.add("hand_over_to", _("Hãy chọn người nhận bàn giao, hoặc trả việc về đơn vị."))
        else:
            try:
                over = retire_user(
                    user_id=user.id,
                    hand_over_to=successor.id if successor else None,
                    by=request.actor,
                    now=request.now,
                )
            except DomainError as refused:
                problems = laid_out(refused, {"hand_over_to"})
            else:
                return render(
                    request, "setup/staff/left.html", {"user": user, "successor": successor, "over": over}
                )
    context = {
        "user": user,
        "problems": problems,
        "chosen": chosen,
        "assignments": list_assignments(user_id=user.id, on=today),
        "delegations": list_delegations(user_id=user.id, on=today),
        "labels": dict(Duty.choices),
        "successors": [
            (_TO_THE_UNIT, _("Không giao cho ai: việc trở về đơn vị")),
            *people_choices(request.actor, user.id),
        ],
    }
    return render(request, "setup/staff/leave.html", context, status=422 if problems else 200)
