"""One piece of long work on a tenant: where it stands, what came of it, what to do when it stopped."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frontend.access import StaffRequest, operator
from frontend.console.work_words import act_of, line_of, told_at
from frontend.problems import Problems
from tenants.provisioning.models import LongJob
from tenants.provisioning.working import jobs
from tenants.registry.models import Tenant
from tenants.registry.selectors import find_tenant


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


def find_work(code: str, public_id: UUID) -> tuple[Tenant, LongJob]:
    """Raises Http404, and WorkUnknown."""
    tenant, job = find_tenant(code), jobs.get_work(public_id)
    if tenant is None or job.tenant_code != tenant.code:
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
        **more,
    }
    return render(request, "console/works/page.html", context, status=status)
