"""Features that are switched on ring by ring, or tenant by tenant."""

import re

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.access import StaffRequest, operator
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.registry.enums import Ring
from tenants.registry.selectors import list_tenants
from tenants.releases.flags import find_flag, list_flags, reaches
from tenants.releases.models import FeatureFlag
from tenants.releases.services import set_flag

_FIELDS = {"key", "title", "rings", "tenants_on", "tenants_off"}
Values = dict[str, str | list[str]]


@require_http_methods(["GET", "POST"])
@operator
def flags(request: StaffRequest) -> HttpResponse:
    values: Values = {"key": "", "title": "", "rings": [], "tenants_on": "", "tenants_off": ""}
    problems = Problems()
    if request.method == "POST":
        values = _typed(request, request.POST.get("key", "").strip()[:80])
        problems = _save(request, values)
        if not problems:
            return HttpResponseRedirect(f"{reverse('console:flags')}?done=saved")
    fleet = list_tenants()
    found = list_flags()
    context = {
        "rows": [(one, sum(reaches(one, code=t.code, ring=t.ring) for t in fleet)) for one in found],
        "total": len(fleet),
        "values": values,
        "problems": problems,
        **_words(request),
    }
    return render(request, "console/flags/list.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@operator
def flag(request: StaffRequest, key: str) -> HttpResponse:
    found = find_flag(key)
    if found is None:
        raise Http404
    values, problems = _values(found), Problems()
    if request.method == "POST":
        values = _typed(request, key)
        problems = _save(request, values)
        if not problems:
            return HttpResponseRedirect(f"{reverse('console:flag', kwargs={'key': key})}?done=saved")
    reached = [one for one in list_tenants() if reaches(found, code=one.code, ring=one.ring)]
    context = {"flag": found, "reached": reached, "values": values, "problems": problems, **_words(request)}
    return render(request, "console/flags/flag.html", context, status=422 if problems else 200)


def _words(request: StaffRequest) -> dict[str, object]:
    done = _("Đã ghi. Mọi máy chủ áp dụng trong vòng nửa phút.") if request.GET.get("done") == "saved" else ""
    return {"rings": Ring.choices, "ring_names": dict(Ring.choices), "done": done}


def _save(request: StaffRequest, values: Values) -> Problems:
    try:
        set_flag(
            key=str(values["key"]),
            title=str(values["title"]),
            rings=list(values["rings"]),
            tenants_on=read_codes(str(values["tenants_on"])),
            tenants_off=read_codes(str(values["tenants_off"])),
            by=request.actor,
            now=request.now,
        )
    except DomainError as refused:
        return laid_out(refused, _FIELDS)
    return Problems()


def _typed(request: StaffRequest, key: str) -> Values:
    return {
        "key": key,
        "title": request.POST.get("title", "")[:200],
        "rings": request.POST.getlist("rings")[:10],
        "tenants_on": request.POST.get("tenants_on", "")[:4000],
        "tenants_off": request.POST.get("tenants_off", "")[:4000],
    }


def _values(flag: FeatureFlag) -> Values:
    return {
        "key": flag.key,
        "title": flag.title,
        "rings": flag.rings,
        "tenants_on": ", ".join(flag.tenants_on),
        "tenants_off": ", ".join(flag.tenants_off),
    }


def read_codes(text: str) -> list[str]:
    """``H21, H26`` as people type it: commas, semicolons, spaces or lines between."""
    return [part.upper() for part in re.split(r"[\s,;]+", text) if part]
