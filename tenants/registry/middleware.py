"""From the host of a request to its tenant, before anything else runs."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django_tenants.postgresql_backend.base import FakeTenant
from django_tenants.utils import get_public_schema_name

from tenants.registry.enums import TenantState
from tenants.registry.postgresql.typed import connection
from tenants.registry.remembering import remembering
from tenants.registry.selectors import find_tenant_by_host


class TenantMiddleware:
    """A host that nobody owns is answered with 404 and touches no schema.

    ``request.tenant`` is set for every request that goes on; on the operators'
    host it is the centre's row and the operators' URLs are served.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().rsplit(":", 1)[0].lower()
        tenant = find_tenant_by_host(host)
        if tenant is None or tenant.state == TenantState.SUSPENDED:
            return HttpResponseNotFound(
                "Không có địa chỉ này. / No such address.\n", content_type="text/plain; charset=utf-8"
            )
        request.tenant = tenant  # type: ignore[attr-defined]
        central = tenant.schema_name == get_public_schema_name()
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF if central else settings.ROOT_URLCONF  # type: ignore[attr-defined]
        connection.set_tenant(tenant, include_public=False)
        try:
            with structlog.contextvars.bound_contextvars(tenant=tenant.code), remembering():
                return self.get_response(request)
        finally:
            connection.set_tenant(FakeTenant(schema_name=get_public_schema_name()), include_public=False)
