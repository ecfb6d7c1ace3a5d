"""The archives of a tenant: which there are, a new one, a look through one; never their bytes.

An archive holds every citizen's papers, and an operator has no way into a tenant's dossiers
(docs/decisions/operators-are-not-users.md): the page says where it lies, and hands nothing out.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frontend.access import StaffRequest, operator
from frontend.console.addressed import addressed_tenant
from frontend.console.work_words import lines_of
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from tenants.provisioning.archive.kept import list_kept_of
from tenants.provisioning.archive.listed import list_archives
from tenants.provisioning.services import drop_kept
from tenants.provisioning.working.exporting import list_verified, start_export, start_verify
from tenants.provisioning.working.jobs import list_works
from tenants.provisioning.working.restoring import start_look
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.releases.selectors import list_releases

_PAGE = 30


@never_cache
@require_safe
@operator
def archives(request: StaffRequest, code: str) -> HttpResponse:
    return archives_page(request, addressed_tenant(code), Problems())


@require_POST
@operator
def export(request: StaffRequest, code: str) -> HttpResponse:
    tenant = addressed_tenant(code)
    try:
        public_id = start_export(code=tenant.code, by=request.actor, now=request.now)
    except DomainError as refused:
        return archives_page(request, tenant, laid_out(refused, set()), refused.kind.value)
    return _to_work(tenant, public_id)


@require_POST
@operator
def verify(request: StaffRequest, code: str, archive_id: int) -> HttpResponse:
    return _start(request, code, archive_id, start_verify)


@require_POST
@operator
def restore(request: StaffRequest, code: str, archive_id: int) -> HttpResponse:
    """Only the look: what would be lost is told before anybody decides."""
    return _start(request, code, archive_id, start_look)


@require_POST
@operator
def drop_one_kept(request: StaffRequest, code: str) -> HttpResponse:
    """One schema that a restore has put aside, with the tenant's code typed again."""
    tenant = addressed_tenant(code)
    values = {name: request.POST.get(name, "").strip()[:100] for name in ("schema", "confirm")}
    try:
        drop_kept(
            code=tenant.code,
            schemas=[values["schema"]],
            confirm=values["confirm"],
            by=request.actor,
            now=request.now,
        )
    except DomainError as refused:
        problems = laid_out(refused, set(values))
        return archives_page(request, tenant, problems, refused.kind.value, chosen=values["schema"])
    return HttpResponseRedirect(f"{reverse('console:archives', kwargs={'code': tenant.code})}?done=dropped")


def _start(request: StaffRequest, code: str, archive_id: int, start: Callable[..., UUID]) -> HttpResponse:
    tenant = addressed_tenant(code)
    try:
        public_id = start(code=tenant.code, archive_id=archive_id, by=request.actor, now=request.now)
    except DomainError as refused:
        return archives_page(request, tenant, laid_out(refused, set()), refused.kind.value)
    return _to_work(tenant, public_id)


def archives_page(
    request: StaffRequest, tenant: Tenant, problems: Problems, status: int = 200, *, chosen: str = ""
) -> HttpResponse:
    """``chosen``: of the schemas put aside, the one that the problems are about."""
    text = request.GET.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
    found, kept = list_archives(tenant, before_id=before, limit=_PAGE + 1), list_kept_of(tenant)
    shown = found[:_PAGE]
    context = {
        "tenant": tenant,
        "state": TenantState(tenant.state).label,
        "archives": shown,
        "verified": list_verified(shown),
        "kept": kept,
        "kept_options": [(one.schema, one.schema) for one in kept],
        "chosen": chosen,
        "works": lines_of(list_works(tenant_code=tenant.code)),
        "release_names": {one.number: one.name for one in list_releases()},
        "folder": settings.ARCHIVE_ROOT,
        "in_bucket": str(settings.ARCHIVE_ROOT).startswith("s3://"),
        "newer": request.path if before is not None else "",
        "older": f"?before={shown[-1].id}" if len(found) > _PAGE else "",
        "problems": problems,
        "done": _("Đã xóa và ghi vào nhật ký.") if request.GET.get("done") == "dropped" else "",
    }
    return render(request, "console/archives/page.html", context, status=status)


def _to_work(tenant: Tenant, public_id: object) -> HttpResponse:
    address = reverse("console:work", kwargs={"code": tenant.code, "public_id": public_id})
    return HttpResponseRedirect(address)
