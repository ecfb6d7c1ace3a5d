"""One piece of long work on a tenant: where it stands, what came of it, what to do when it stopped."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frontend.access import StaffRequest, operator
from frontend.console.addressed import addressed_tenant
from frontend.console.work_words import TABLES, act_of, is_given_up, line_of, told_at
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.provisioning.models import LongJob
from tenants.provisioning.working import jobs
from tenants.provisioning.working.merging import abandon as abandon_merge
from tenants.provisioning.working.merging import confirm_merge
from tenants.provisioning.working.restoring import confirm_beside, confirm_replace
from tenants.registry.models import Tenant

_LONGEST = 300


@never_cache
@require_safe
@operator
def work(request: StaffRequest, code: str, public_id: UUID) -> HttpResponse:
    """The page looks again by itself while somebody works, and by a link without JavaScript."""
    tenant, job = find_work(code, public_id)
    return work_page(request, tenant, job, Problems())


@require_POST
@operator
def again(request: StaffRequest, code: str, public_id: UUID) -> HttpResponse:
    tenant, job = find_work(code, public_id)
    jobs.restart(public_id=job.public_id, by=request.actor, now=request.now)
    return to_work(tenant, job)


@require_POST
@operator
def replace(request: StaffRequest, code: str, public_id: UUID) -> HttpResponse:
    """The archive takes the place of the living rows; the code is typed again."""
    return _confirm(request, code, public_id, confirm_replace, ("confirm",))


@require_POST
@operator
def beside(request: StaffRequest, code: str, public_id: UUID) -> HttpResponse:
    """The archive becomes a tenant of its own, to look at."""
    return _confirm(request, code, public_id, confirm_beside, ("code", "host"))


@require_POST
@operator
def merge(request: StaffRequest, code: str, public_id: UUID) -> HttpResponse:
    """This tenant goes into the other; its code is typed again."""
    return _confirm(request, code, public_id, confirm_merge, ("confirm",))


@require_POST
@operator
def abandon(request: StaffRequest, code: str, public_id: UUID) -> HttpResponse:
    """As long as no row was moved, everything is as before again."""
    return _confirm(request, code, public_id, abandon_merge, ("confirm",))


def _confirm(
    request: StaffRequest, code: str, public_id: UUID, run: Callable[..., None], names: tuple[str, ...]
) -> HttpResponse:
    tenant, job = find_work(code, public_id)
    values = {name: request.POST.get(name, "").strip()[:_LONGEST] for name in names}
    try:
        run(public_id=job.public_id, by=request.actor, now=request.now, **values)
    except DomainError as refused:
        return work_page(
            request, tenant, job, laid_out(refused, set(names)), refused.kind.value, values=values
        )
    return to_work(tenant, job)


def find_work(code: str, public_id: UUID) -> tuple[Tenant, LongJob]:
    """Raises Http404, and WorkUnknown."""
    tenant, job = addressed_tenant(code), jobs.get_work(public_id)
    if job.tenant_code != tenant.code:
        raise Http404
    return tenant, job


def to_work(tenant: Tenant, job: LongJob) -> HttpResponse:
    address = reverse("console:work", kwargs={"code": tenant.code, "public_id": job.public_id})
    return HttpResponseRedirect(address)


def work_page(
    request: StaffRequest, tenant: Tenant, job: LongJob, problems: Problems, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "tenant": tenant,
        "job": job,
        "act": act_of(job),
        "line": line_of(job),
        "running": job.state in jobs.OPEN,
        "may_restart": jobs.can_restart(job, request.now),
        "told_at": told_at(job),
        "problems": problems,
        "values": {},
        "tables": TABLES,
        "begun": jobs.has_begun(job),
        "given_up": is_given_up(job),
        "minutes": int(jobs.LOOK_HOLDS.total_seconds() // 60),
        **more,
    }
    return render(request, "console/works/page.html", context, status=status)
