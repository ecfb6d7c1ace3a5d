"""Binding work to a tenant, and reading to which it is bound.

django-tenants' ``with tenant:`` keeps its state on the tenant object, which two
threads share, and swaps them; these keep it on the stack.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django_tenants.postgresql_backend.base import FakeTenant
from django_tenants.utils import get_public_schema_name

from tenants.registry.models import Tenant
from tenants.registry.postgresql.typed import connection


class NoTenant(RuntimeError):
    """Work that belongs to a tenant was about to run in none: a programming error, never an answer."""


def find_current_tenant() -> Tenant | None:
    """The tenant that the running work is bound to, or None at the centre."""
    tenant = connection.tenant
    if isinstance(tenant, Tenant) and tenant.schema_name != get_public_schema_name():
        return tenant
    return None


def get_current_tenant() -> Tenant:
    """Like find_current_tenant, but raises NoTenant at the centre."""
    tenant = find_current_tenant()
    if tenant is None:
        raise NoTenant("no tenant is bound to this work")
    return tenant


@contextmanager
def tenant_context(tenant: Tenant) -> Iterator[Tenant]:
    """Run the block in the schema and under the role of ``tenant``."""
    before = connection.tenant
    connection.set_tenant(tenant, include_public=False)
    try:
        with structlog.contextvars.bound_contextvars(tenant=tenant.code):
            yield tenant
    finally:
        connection.set_tenant(before, include_public=False)


@contextmanager
def central_context() -> Iterator[None]:
    """Run the block in the central schema: the catalogue and the registry, no tenant's data."""
    before = connection.tenant
    if before.schema_name == get_public_schema_name():
        # Where one is already: to bind it anew would cost every statement of commands and console a second one.
        with structlog.contextvars.bound_contextvars(tenant=None):
            yield
        return
    connection.set_tenant(FakeTenant(schema_name=get_public_schema_name()), include_public=False)
    try:
        with structlog.contextvars.bound_contextvars(tenant=None):
            yield
    finally:
        connection.set_tenant(before, include_public=False)


@contextmanager
def writing() -> Iterator[None]:
    """A moment in which a tenant that may only be read is written to all the same: sign-in, sessions, a merge.

    Takes effect for transactions that begin inside it.
    """
    with connection.writing():
        yield
