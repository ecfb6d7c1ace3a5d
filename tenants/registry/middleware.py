"""From the host of a request to its tenant and to what the tenant's state lets it do, before anything else runs."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django_tenants.postgresql_backend.base import FakeTenant
from django_tenants.utils import get_public_schema_name

from tenants.registry.enums import TenantState
from tenants.registry.minimum import get_minimum_release
from tenants.registry.places import Place, find_place
from tenants.registry.postgresql.typed import connection
from tenants.registry.remembering import remembering
from tenants.registry.standing import PASSES, Door, Paths, answer_for, visit_of


class TenantMiddleware:
    """A host that nobody owns is answered with 404 and touches no schema.

    ``request.tenant``, ``request.door`` and ``request.moved_to`` are set for every
    request that goes on; on the operators' host the tenant is the centre's row and
    the operators' URLs are served. Where the door does not let it pass, no tenant
    is bound: the roof answers it (project.closed_doors) without a statement.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.paths = Paths(**settings.TENANT_PATHS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        place = find_place(request.get_host().rsplit(":", 1)[0].lower())
        if place is None:
            return HttpResponseNotFound(
                "Không có địa chỉ này. / No such address.\n", content_type="text/plain; charset=utf-8"
            )
        tenant, public = place.tenant, get_public_schema_name()
        central = tenant.schema_name == public
        door = Door.OPEN if central else self._door(request, place)
        request.tenant, request.door, request.moved_to = tenant, door, place.moved_to  # type: ignore[attr-defined]
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF if central else settings.ROOT_URLCONF  # type: ignore[attr-defined]
        if door in PASSES:
            connection.set_tenant(tenant, include_public=False)
        try:
            with (
                structlog.contextvars.bound_contextvars(tenant=tenant.code),
                remembering(),
                _rights(door, tenant.state),
            ):
                return self.get_response(request)
        finally:
            connection.set_tenant(FakeTenant(schema_name=public), include_public=False)

    def _door(self, request: HttpRequest, place: Place) -> Door:
        return answer_for(
            state=place.tenant.state,
            release=place.tenant.release,
            minimum=get_minimum_release(),
            visit=visit_of(method=request.method or "", path=request.path_info, paths=self.paths),
            redirects=place.redirects,
            has_successor=place.tenant.successor_id is not None,
        )


def _rights(door: Door, state: str) -> AbstractContextManager[None]:
    if door is Door.LOOK:
        return connection.only_reading()
    if door is Door.OPEN and state == TenantState.READ_ONLY:  # signing in
        return connection.writing()
    return nullcontext()
