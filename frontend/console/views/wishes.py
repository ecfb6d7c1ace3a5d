"""In which ring a tenant is, its turn in it, the hours at which it may be upgraded; taking back what it has put off."""

from datetime import time

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.access import StaffRequest, operator
from frontend.console.addressed import addressed_tenant
from frontend.console.views.tenants import tenant_page
from frontend.problems import Problems
from tenants.releases.errors import WindowIncomplete
from tenants.releases.services import cancel_deferral, require_window, set_order_and_window, set_ring

_FIELDS = {"order", "window_from", "window_to"}
_LATEST = 9999


@require_POST
@operator
def ring(request: StaffRequest, code: str) -> HttpResponse:
    found = addressed_tenant(code)
    set_ring(tenant=found, ring=request.POST.get("ring", ""), by=request.actor, now=request.now)
    return _to(code, "ring")


@require_POST
@operator
def turn(request: StaffRequest, code: str) -> HttpResponse:
    found = addressed_tenant(code)
    values = {name: request.POST.get(name, "").strip()[:10] for name in _FIELDS}
    problems, order = Problems(), values["order"]
    if not (order.isascii() and order.isdecimal() and int(order) <= _LATEST):
        problems.add("order", _("Hãy nhập một số từ 0 đến 9999; số nhỏ làm trước."))
    hours = {name: _hour(values[name], name, problems) for name in ("window_from", "window_to")}
    if not any(problems.of(name) for name in hours):
        _read_together(hours, problems)
    if problems:
        return tenant_page(request, found, problems, values)
    set_order_and_window(tenant=found, order=int(order), by=request.actor, now=request.now, **hours)
    return _to(code, "turn")


@require_POST
@operator
def undefer(request: StaffRequest, code: str) -> HttpResponse:
    cancel_deferral(tenant=addressed_tenant(code), by=request.actor, now=request.now)
    return _to(code, "undeferred")


def _hour(text: str, name: str, problems: Problems) -> time | None:
    if not text:
        return None
    try:
        return time.fromisoformat(text if ":" in text else f"{text}:00").replace(second=0)
    except ValueError:
        problems.add(name, _("Hãy nhập giờ dạng giờ:phút, ví dụ 22:00."))
        return None


def _read_together(hours: dict[str, time | None], problems: Problems) -> None:
    """Beside what is wrong with the order, so that both are mended in one go."""
    try:
        require_window(**hours)
    except WindowIncomplete as refused:
        problems.add(refused.field or "", str(refused))


def _to(code: str, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('console:tenant', kwargs={'code': code})}?done={done}")
