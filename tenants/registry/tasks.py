"""Work for the worker, bound to a tenant.

A task is sent with the code of the tenant in its headers and runs in that
tenant's context. One that has none fails: it never runs at the centre. A task
sent before two tenants were merged runs in the one that stayed, if it was given
nothing that belongs to the schema of the other.
"""

from typing import Any

from celery import Task
from celery.exceptions import Reject

from tenants.registry.context import NoTenant, find_current_tenant, tenant_context
from tenants.registry.minimum import get_minimum_release
from tenants.registry.models import Tenant
from tenants.registry.selectors import find_surviving_tenant
from tenants.registry.standing import runs_tasks

HEADER = "tenant"


class TenantTask(Task):
    """Base of every task of the rooms."""

    abstract = True

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        tenant = find_current_tenant()
        headers = dict(options.pop("headers", None) or {})
        if HEADER not in headers:
            if tenant is None:
                raise NoTenant(f"{self.name} was sent without a tenant")
            headers[HEADER] = tenant.code
        return super().apply_async(args, kwargs, headers=headers, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with tenant_context(self._tenant()):
            return super().__call__(*args, **kwargs)

    def _tenant(self) -> Tenant:
        code = getattr(self.request, HEADER, None) or (self.request.headers or {}).get(HEADER)
        if not code:
            raise NoTenant(f"{self.name} arrived without a tenant")
        tenant = find_surviving_tenant(code)
        if tenant is None or not runs_tasks(
            state=tenant.state, release=tenant.release, minimum=get_minimum_release()
        ):
            raise Reject(f"{self.name}: tenant {code} is not ready", requeue=False)
        if tenant.code != code and (self.request.args or self.request.kwargs):
            # What it was given names rows by their keys, and those are another's in another schema.
            raise Reject(f"{self.name}: {code} lives on in {tenant.code}, its keys do not", requeue=False)
        return tenant
