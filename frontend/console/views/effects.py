"""What a version would do in every tenant, asked before it is published."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.catalogue.enums import VersionState
from apps.catalogue.errors import VersionUnknown
from apps.catalogue.parts import split
from apps.catalogue.selectors import EffectView, VersionDetail, find_effect, get_version_detail
from apps.catalogue.services import ask_effect
from frontend.access import StaffRequest, operator
from frontend.console.tabs import version_tabs
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.registry.selectors import list_tenants

SILENT = timedelta(minutes=2)  # a tenant takes seconds: after that its worker is not coming by itself


@never_cache
@require_safe
@operator
def effect(request: StaffRequest, code: str, number: int) -> HttpResponse:
    return _page(request, _find(code, number), Problems())


@require_POST
@operator
def ask(request: StaffRequest, code: str, number: int) -> HttpResponse:
    version = _find(code, number)
    tenants = [one.code for one in list_tenants(only_ready=True)]
    try:
        ask_effect(version_id=version.id, tenants=tenants, by=request.actor, now=request.now)
    except DomainError as refused:
        return _page(request, version, laid_out(refused, set()), status=422)
    return HttpResponseRedirect(reverse("console:version-effect", kwargs={"code": code, "number": number}))


def _page(
    request: StaffRequest, version: VersionDetail, problems: Problems, status: int = 200
) -> HttpResponse:
    found = find_effect(version.id)
    waited = found is not None and not found.is_complete and request.now - found.asked_at > SILENT
    silent = [one.tenant_code for one in found.reports if not one.reported_at] if found and waited else []
    names = {one.code: one.name for one in list_tenants()}
    context: dict[str, Any] = {
        "version": version,
        "state_name": VersionState(version.state).label,
        "tabs": version_tabs(version, "effect"),
        "problems": problems,
        "effect": found,
        "rows": [(names.get(one.tenant_code, one.tenant_code), one) for one in found.reports]
        if found
        else [],
        "is_old": found is not None and found.content_sha256 != version.content_sha256,
        "total": found.total if found and found.answered else None,
        "steps": step_names(version.content),
        "spans": {one.tenant_code: days_span(one.figures) for one in found.answered} if found else {},
        "broken": {one.tenant_code: broken_words(one.figures["clients"]) for one in found.answered}
        if found
        else {},
        "running": found is not None and not found.is_complete and not silent,
        "silent": silent,
    }
    return render(request, "console/templates/effect.html", context, status=status)


def summary_of(version: VersionDetail) -> tuple[EffectView | None, dict[str, Any] | None]:
    """For the review page: only what was asked about exactly this wording counts."""
    found = find_effect(version.id)
    if found is None or found.content_sha256 != version.content_sha256:
        return None, None
    return found, found.total if found.answered else None


def days_span(figures: dict[str, Any]) -> str:
    days = sorted(int(day) for day in figures["histogram"])
    if not days:
        return ""
    if days[0] == days[-1]:
        return _("%(days)+d ngày") % {"days": days[0]}
    return _("từ %(least)+d đến %(most)+d ngày") % {"least": days[0], "most": days[-1]}


def broken_words(clients: dict[str, int]) -> list[str]:
    """What the programs of a tenant stumble over, in numbers of programs; an older answer does not say."""
    words = {
        "cases": _("%(num)s dùng trường hợp bị bỏ"),
        "channels": _("%(num)s nộp theo cách không còn nhận"),
        "papers": _("%(num)s dùng giấy tờ bị bỏ"),
        "removed": _("%(num)s dùng mục bị bỏ hoặc đổi mã"),
        "required": _("%(num)s thiếu mục, giấy tờ nay bắt buộc"),
        "narrower": _("%(num)s điền điều bản mới không nhận"),
        "unjudged": _("%(num)s hồ sơ chưa xem được"),
    }
    return [one % {"num": clients[key]} for key, one in words.items() if clients.get(key)]


def step_names(content: dict[str, Any]) -> dict[str, str]:
    found = {}
    for path, value in split({"process": content["process"]}).items() if content.get("process") else ():
        parts = path.split("/")
        if parts[:2] == ["process", "steps"] and parts[-1] == "name":
            found[parts[2]] = str(value)
    return found


def _find(code: str, number: int) -> VersionDetail:
    try:
        return get_version_detail(code, number)
    except VersionUnknown as unknown:
        raise Http404 from unknown
