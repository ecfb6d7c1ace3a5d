"""Features that are switched on ring by ring, or tenant by tenant."""

import re

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.access import StaffRequest, operator
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.registry.enums import Ring
from tenants.registry.models import Tenant
from tenants.registry.selectors import list_tenants
from tenants.releases.errors import FlagStillAsked, FlagUnknown
from tenants.releases.flags import find_flag, list_flags, reaches
from tenants.releases.known_flags import KnownFlag, find_known_flag, list_known_flags
from tenants.releases.models import FeatureFlag
from tenants.releases.services import drop_flag, set_flag

_FIELDS = {"key", "title", "rings", "tenants_on", "tenants_off"}
Values = dict[str, str | list[str]]


@require_safe
@operator
def flags(request: StaffRequest) -> HttpResponse:
    """All that the code has, set or not; then what is still kept of those that it has no more."""
    fleet, kept = list_tenants(), {one.key: one for one in list_flags()}
    rows = []
    for known in list_known_flags():
        found = kept.pop(known.key, None)
        rows.append((known, found, len(_reached(known, found, fleet))))
    context = {"rows": rows, "gone": list(kept.values()), "total": len(fleet), **_words(request)}
    return render(request, "console/flags/list.html", context)


@require_http_methods(["GET", "POST"])
@operator
def flag(request: StaffRequest, key: str) -> HttpResponse:
    known = find_known_flag(key)
    if known is None:
        raise Http404
    found = find_flag(key)
    values, problems = _values(known, found), Problems()
    if request.method == "POST":
        values = _typed(request, key)
        problems = _save(request, values)
        if not problems:
            return HttpResponseRedirect(f"{reverse('console:flag', kwargs={'key': key})}?done=saved")
    context = {
        "known": known,
        "flag": found,
        "reached": _reached(known, found, list_tenants()),
        "values": values,
        "problems": problems,
        **_words(request),
    }
    return render(request, "console/flags/flag.html", context, status=422 if problems else 200)


@require_POST
@operator
def drop(request: StaffRequest, key: str) -> HttpResponse:
    """Of a feature that the code no longer has. Pressed twice, or after the code has it again: not found."""
    try:
        drop_flag(key=key, by=request.actor, now=request.now)
    except (FlagStillAsked, FlagUnknown) as refused:
        raise Http404 from refused
    return HttpResponseRedirect(f"{reverse('console:flags')}?done=dropped")


def _reached(known: KnownFlag, found: FeatureFlag | None, fleet: list[Tenant]) -> list[Tenant]:
    if found is None:
        return fleet if known.on_until_set else []
    return [one for one in fleet if reaches(found, code=one.code, ring=one.ring)]


def _words(request: StaffRequest) -> dict[str, object]:
    done = {
        "saved": _("Đã ghi. Mọi máy chủ áp dụng trong vòng nửa phút."),
        "dropped": _("Đã xóa. Điều đã đặt còn trong nhật ký."),
    }
    words = done.get(request.GET.get("done", ""), "")
    return {"rings": Ring.choices, "ring_names": dict(Ring.choices), "done": words}


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


def _values(known: KnownFlag, found: FeatureFlag | None) -> Values:
    """Of one that was never set: where it is now."""
    if found is None:
        rings = list(Ring.values) if known.on_until_set else []
        return {
            "key": known.key,
            "title": str(known.title),
            "rings": rings,
            "tenants_on": "",
            "tenants_off": "",
        }
    return {
        "key": found.key,
        "title": found.title,
        "rings": found.rings,
        "tenants_on": ", ".join(found.tenants_on),
        "tenants_off": ", ".join(found.tenants_off),
    }


def read_codes(text: str) -> list[str]:
    """``H21, H26`` as people type it: commas, semicolons, spaces or lines between."""
    return [part.upper() for part in re.split(r"[\s,;]+", text) if part]
