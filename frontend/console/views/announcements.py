"""What the centre says to the people of the tenants."""

from datetime import datetime, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.access import StaffRequest, operator
from frontend.console.views.flags import read_codes
from frontend.filters import VIETNAM
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.registry.enums import Ring
from tenants.releases.announcements import list_announcements
from tenants.releases.enums import Audience
from tenants.releases.services import announce, withdraw

_FIELDS = {"title", "body", "audience", "rings", "tenants", "shown_from", "shown_to"}
_PAGE = 50
_TYPED_AS = ("%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y")
Values = dict[str, str | list[str]]


@require_http_methods(["GET", "POST"])
@operator
def announcements(request: StaffRequest) -> HttpResponse:
    values, problems = _first_values(request.now), Problems()
    if request.method == "POST":
        values = _typed(request)
        problems = _save(request, values)
        if not problems:
            return HttpResponseRedirect(f"{reverse('console:announcements')}?done=made")
    text = request.GET.get("before", "")
    before = int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None
    found = list_announcements(before_id=before, limit=_PAGE + 1)
    words = {"made": _("Thông báo sẽ hiện trong vòng nửa phút."), "withdrawn": _("Đã gỡ thông báo.")}
    context = {
        "rows": found[:_PAGE],
        "older": f"?before={found[_PAGE - 1].id}" if len(found) > _PAGE else "",
        "newer": "?" if before else "",
        "now": request.now,
        "rings": Ring.choices,
        "ring_names": dict(Ring.choices),
        "audiences": Audience.choices,
        "audience_names": dict(Audience.choices),
        "values": values,
        "problems": problems,
        "done": words.get(request.GET.get("done", ""), ""),
    }
    return render(request, "console/announcements/page.html", context, status=422 if problems else 200)


@require_POST
@operator
def withdraw_one(request: StaffRequest, announcement_id: int) -> HttpResponse:
    withdraw(announcement_id=announcement_id, by=request.actor, now=request.now)
    return HttpResponseRedirect(f"{reverse('console:announcements')}?done=withdrawn")


def _save(request: StaffRequest, values: Values) -> Problems:
    problems = Problems()
    moments = {name: _moment(str(values[name]), name, problems) for name in ("shown_from", "shown_to")}
    if problems:
        return problems
    try:
        announce(
            title=str(values["title"]),
            body=str(values["body"]),
            audience=list(values["audience"]),
            rings=list(values["rings"]),
            tenants=read_codes(str(values["tenants"])),
            by=request.actor,
            now=request.now,
            **moments,
        )
    except DomainError as refused:
        return laid_out(refused, _FIELDS)
    return problems


def _moment(text: str, name: str, problems: Problems) -> datetime:
    for form in _TYPED_AS:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    problems.add(name, _("Hãy nhập ngày và giờ dạng 25/11/2026 22:00."))
    return datetime.min.replace(tzinfo=VIETNAM)


def _first_values(now: datetime) -> Values:
    local = now.astimezone(VIETNAM)
    return {
        "title": "",
        "body": "",
        "audience": [Audience.STAFF.value],
        "rings": [],
        "tenants": "",
        "shown_from": f"{local:%d/%m/%Y %H:%M}",
        "shown_to": f"{local + timedelta(days=1):%d/%m/%Y %H:%M}",
    }


def _typed(request: StaffRequest) -> Values:
    texts = {
        name: request.POST.get(name, "")[:4000]
        for name in ("title", "body", "tenants", "shown_from", "shown_to")
    }
    return texts | {name: request.POST.getlist(name)[:10] for name in ("audience", "rings")}
