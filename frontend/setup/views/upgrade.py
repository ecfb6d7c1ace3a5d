"""What will change with the next release, when, and putting it off within the limit."""

from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontend.access import StaffRequest, staff
from frontend.problems import Problems, laid_out
from frontend.setup.done import done_words
from frontend.setup.permissions import DOOR, UPGRADES, can_put_off_upgrades
from frontend.typed import read_day
from kernel.errors import DomainError
from tenants.registry.context import get_current_tenant
from tenants.registry.enums import Ring
from tenants.releases.enums import RolloutState, SeatState
from tenants.releases.errors import DeferralNotYours
from tenants.releases.services import cancel_deferral, defer_release
from tenants.releases.wishes import get_upgrade

_FIELDS = {"until", "reason"}


@require_safe
@staff(*DOOR)
def upgrade(request: StaffRequest) -> HttpResponse:
    return _page(request, Problems(), {"until": "", "reason": ""})


@require_POST
@staff(*UPGRADES)
def defer(request: StaffRequest) -> HttpResponse:
    values = {name: request.POST.get(name, "").strip()[:300] for name in _FIELDS}
    problems, until = Problems(), read_day(values["until"])
    if until is None:
        problems.add("until", _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 01/12/2026."))
    else:
        problems = _defer(request, until, values["reason"])
    if problems:
        return _page(request, problems, values)
    return HttpResponseRedirect(f"{reverse('setup:upgrade')}?done=upgrade-deferred")


@require_POST
@staff(*UPGRADES)
def undefer(request: StaffRequest) -> HttpResponse:
    _require(request)
    cancel_deferral(tenant=get_current_tenant(), by=request.actor, now=request.now)
    return HttpResponseRedirect(f"{reverse('setup:upgrade')}?done=upgrade-undeferred")


def _defer(request: StaffRequest, until: date, reason: str) -> Problems:
    _require(request)
    try:
        defer_release(
            tenant=get_current_tenant(),
            release=request.POST.get("release", "")[:40],
            until=until,
            reason=reason,
            by=request.actor,
            now=request.now,
        )
    except DomainError as refused:
        return laid_out(refused, _FIELDS)
    return Problems()


def _require(request: StaffRequest) -> None:
    """Duties below the root see the page, and change nothing for the whole tenant."""
    if not can_put_off_upgrades(request.actor):
        raise DeferralNotYours


def _page(request: StaffRequest, problems: Problems, values: dict[str, str]) -> HttpResponse:
    tenant = get_current_tenant()
    view = get_upgrade(tenant=tenant, now=request.now)
    seat = view.seat
    begun = seat is not None and seat.state in (SeatState.RUNNING, SeatState.DONE)
    may_defer = can_put_off_upgrades(request.actor) and not begun
    if view.is_deferred and not problems:  # another day is typed over the one that stands
        values = {"until": f"{view.wish.deferred_until:%d/%m/%Y}", "reason": view.wish.deferred_reason}
    context = {
        "view": view,
        "newest": view.coming[-1] if view.coming else None,
        "ring": Ring(tenant.ring).label,
        "seat_state": SeatState(seat.state).label if seat else "",
        "rollout_state": RolloutState(seat.rollout.state).label
        if seat
        else _("chưa bắt đầu")
        if view.coming
        else "",
        "may_undefer": may_defer,
        "may_defer": may_defer and view.may_be_deferred,
        "too_late": may_defer and bool(view.coming) and not view.may_be_deferred,
        "values": values,
        "problems": problems,
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "setup/upgrade/page.html", context, status=422 if problems else 200)
