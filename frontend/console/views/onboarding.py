"""A new ministry or province from a file: problems by line, the plan, the run with its progress, the first links."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.access import StaffRequest, operator
from frontend.console.addressed import addressed_tenant
from tenants.provisioning.onboarding.errors import OnboardingRefused
from tenants.provisioning.onboarding.jobs import can_restart, get_job, restart_job, start_job, tell_links
from tenants.provisioning.onboarding.links import reissue_first_links
from tenants.provisioning.onboarding.reading import LARGEST_BYTES, Problem
from tenants.provisioning.onboarding.running import list_kept, plan_onboarding, read_order

MAIN = "khai-bao.toml"
_MOST_FILES = 8
_FIELD = "file."


@require_http_methods(["GET", "POST"])
@operator
def new(request: StaffRequest) -> HttpResponse:
    """GET: an empty form. POST: the plan, or every problem by its line; with ``run``, the job is started."""
    files, problems, plan, kept = _files(request), list[Problem](), list[str](), list[str]()
    main = next((name for name in files if name.endswith(".toml")), MAIN)
    if request.method == "POST":
        try:
            if "run" in request.POST:
                public_id = start_job(main=main, files=files, by=request.actor, now=request.now)
                return HttpResponseRedirect(reverse("console:onboarding", kwargs={"public_id": public_id}))
            raw = {name: text.encode() for name, text in files.items()}
            order = read_order(main=main, open_file=raw.get, now=request.now)
            plan, kept = plan_onboarding(order=order), list_kept(order=order)
        except OnboardingRefused as refused:
            problems = [one for one in refused.problems if isinstance(one, Problem)]
    context = {
        "files": files or {MAIN: ""},
        "problems": problems,
        "plan": plan,
        "kept": kept,
        "planned": request.method == "POST" and not problems,
        "field": _FIELD,
    }
    return render(request, "console/onboarding/new.html", context, status=422 if problems else 200)


def _files(request: HttpRequest) -> dict[str, str]:
    """By name: what stands in the boxes, and over it what was uploaded. Bytes that are no UTF-8 stay to be refused."""
    typed = {
        name.removeprefix(_FIELD): text
        for name, text in request.POST.items()
        if name.startswith(_FIELD) and isinstance(text, str) and text.strip()
    }
    chosen = request.FILES.getlist("upload")
    if any((one.name or "").endswith(".toml") for one in chosen):
        typed.pop(MAIN, None)
    for one in chosen:
        typed[(one.name or MAIN)[:120]] = one.read(LARGEST_BYTES + 1).decode("utf-8-sig", errors="replace")
    return dict(list(typed.items())[:_MOST_FILES])


@never_cache
@require_safe
@operator
def job(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Where it stands; the page looks again by itself, and by a link without JavaScript."""
    found = get_job(public_id)
    context = {
        "job": found,
        "running": found.state in ("WAITING", "RUNNING"),
        "may_restart": can_restart(found, request.now),
        "may_see_links": found.state == "DONE"
        and found.created_by_id == request.actor.id
        and not found.report.get("links_told_at"),
        "lines": found.report.get("lines", []),
        "told_at": parse_datetime(found.report.get("links_told_at", "")),
    }
    return render(request, "console/onboarding/job.html", context)


@require_POST
@operator
def again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    restart_job(public_id=public_id, by=request.actor, now=request.now)
    return HttpResponseRedirect(reverse("console:onboarding", kwargs={"public_id": public_id}))


@never_cache
@require_POST
@operator
def links(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Shown in this answer and nowhere else."""
    found = get_job(public_id)
    told = tell_links(public_id=public_id, by=request.actor, now=request.now)
    none = _("Mọi quản trị viên đã có mật khẩu hoặc liên kết còn dùng được.")
    context = {"code": found.tenant_code, "links": told, "none": none}
    return render(request, "console/onboarding/links.html", context)


@never_cache
@require_POST
@operator
def links_again(request: StaffRequest, code: str) -> HttpResponse:
    """For those who lost theirs before they used it. Shown in this answer and nowhere else."""
    tenant = addressed_tenant(code)
    after = request.POST.get("after", "")
    told = reissue_first_links(
        code=tenant.code, after=int(after) if after.isdecimal() else 0, by=request.actor, now=request.now
    )
    none = _("Mọi quản trị viên đã đặt mật khẩu; ai quên thì quản trị viên khác ở đó đặt lại.")
    context = {"code": tenant.code, "links": told, "none": none}
    return render(request, "console/onboarding/links.html", context)
