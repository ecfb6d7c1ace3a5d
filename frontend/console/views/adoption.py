"""Who runs which version of a template and who lags; by when it has to be adopted; the notes after an opening."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.catalogue.enums import Lag
from apps.catalogue.selectors import Board, OfferRunView, get_adoption_board, get_offer_run, get_template
from apps.catalogue.services import require_adoption, restart_run
from frontend.access import StaffRequest, operator
from frontend.problems import Problems, laid_out
from frontend.typed import read_day
from kernel.errors import DomainError
from tenants.registry.enums import Ring
from tenants.registry.selectors import list_tenants

SILENT = timedelta(minutes=2)  # a hundred tenants take seconds: whoever has not ended by then is gone


# Red only where it is the tenant's turn: what the centre has not opened, or what is adopted already, waits.
_TONES = {Lag.NOT_OFFERED: "wait", Lag.BEGINS_LATER: "wait", Lag.DEFERRED: "near"}


@require_http_methods(["GET", "POST"])
@operator
def board(request: StaffRequest, code: str) -> HttpResponse:
    template, today = get_template(code), timezone.localdate(request.now)
    found = get_adoption_board(code, places=list_tenants(), on=today)
    if template is None or found is None:
        raise Http404
    typed, problems = {"due_on": "", "reason": ""}, Problems()
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip()[:2000] for name in typed}
        problems = _require(request, found, typed)
        if not problems:
            return HttpResponseRedirect(f"{request.path}?done=required")
    late = [row for row in found.rows if row.is_late]
    silent = [row for row in late if row.is_silent(today)]
    views = {"late": late, "silent": silent}
    view = request.GET.get("view", "")
    running = [row for row in found.rows if row.number is not None]
    context = {
        "template": template,
        "board": found,
        "rows": views.get(view, running),
        "tabs": [
            ("?view=all", _("Tất cả"), str(len(running)), view not in views),
            ("?view=late", _("Chậm"), str(len(late)), view == "late"),
            ("?view=silent", _("Chậm, chưa báo lý do hoặc quá hẹn"), str(len(silent)), view == "silent"),
        ],
        "today": today,
        "nobody": {
            "late": _("Không nơi nào chậm."),
            "silent": _(
                "Không nơi nào đến lượt mình mà còn im lặng: mọi lý do đã báo đều còn trong ngày hẹn."
            ),
        }.get(view, _("Chưa nơi nào áp dụng thủ tục này.")),
        "without": [row.name for row in found.rows if row.number is None],
        "ring_names": dict(Ring.choices),
        "lag_names": dict(Lag.choices),
        "lag_tones": _TONES,
        "typed": typed,
        "problems": problems,
        "done": _("Đã đặt hạn áp dụng; mỗi nơi thấy ngay ở trang Cần làm.")
        if request.method == "GET" and request.GET.get("done")
        else "",
    }
    return render(request, "console/templates/adoption.html", context, status=422 if problems else 200)


def _require(request: StaffRequest, found: Board, typed: dict[str, str]) -> Problems:
    problems, day = Problems(), read_day(typed["due_on"])
    if day is None:
        problems.add("due_on", _("Hãy nhập ngày dạng ngày/tháng/năm."))
    if request.POST.get("version") != str(found.number):
        problems.add("", _("Vừa có bản mới hơn được công bố; hãy xem lại rồi đặt hạn."))
    if day is None or problems:
        return problems
    try:
        require_adoption(
            version_id=found.version_id, due_on=day, reason=typed["reason"], by=request.actor, now=request.now
        )
    except DomainError as refused:
        return laid_out(refused, {"due_on", "reason"})
    return problems


@never_cache
@require_safe
@operator
def run(request: StaffRequest, code: str, public_id: UUID) -> HttpResponse:
    """Where the notes stand; the page looks again by itself, and by a link without JavaScript."""
    found = _find(code, public_id)
    names = {one.code: one.name for one in list_tenants()}
    context: dict[str, Any] = {
        "run": found,
        "rings": [Ring(one).label for one in found.rings],
        "running": found.state != "DONE",
        "failed": [names.get(one, one) for one in found.failed],
        "may_restart": bool(found.failed)
        or (found.state != "DONE" and request.now - found.started_at > SILENT),
    }
    return render(request, "console/templates/offer_run.html", context)


@require_POST
@operator
def again(request: StaffRequest, code: str, public_id: UUID) -> HttpResponse:
    restart_run(run_id=_find(code, public_id).id, by=request.actor, now=request.now)
    kwargs = {"code": code, "public_id": public_id}
    return HttpResponseRedirect(reverse("console:template-offer-run", kwargs=kwargs))


def _find(code: str, public_id: UUID) -> OfferRunView:
    found = get_offer_run(public_id)
    if found.code != code:
        raise Http404
    return found
