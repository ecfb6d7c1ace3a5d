"""The addresses of a tenant. Letters and QR codes name the primary one; those of before send people on.

Sessions are bound to their host by the cookie: after a change of the primary
host everybody signs in once more at the new one.
"""

from datetime import datetime

from django.db import transaction

from kernel.actors import Actor
from kernel.vietnamese import clean
from tenants.provisioning import errors
from tenants.provisioning.confirming import lock_tenant, state_not_fit
from tenants.provisioning.host_names import refuse_host
from tenants.provisioning.migrating import as_owner
from tenants.registry.acts import record_act
from tenants.registry.enums import TenantState
from tenants.registry.models import Domain, Tenant
from tenants.registry.selectors import forget_hosts


def rename_tenant(*, code: str, by: Actor, now: datetime, host: str = "", name: str = "") -> Tenant:
    """A new primary host, the old one sending on to it; or a new name; or both.

    A host that sent people to this tenant already may become its primary one again.
    """
    host, name = host.strip().lower(), clean(name)
    with as_owner("public"), transaction.atomic():
        tenant = _living(code)
        primary = Domain.objects.get(tenant_id=tenant.id, is_primary=True)
        facts: dict[str, str] = {}
        if host and host != primary.domain:
            facts |= {"host_before": primary.domain, "host": host}
            _change_primary(tenant, primary, host)
        if name and name != tenant.name:
            facts |= {"name_before": tenant.name, "name": name}
            tenant.name = name
            tenant.save(update_fields=["name"])
        if not facts:
            raise errors.NothingToChange(owner=tenant.name)
        record_act(by=by, action="tenant.renamed", now=now, tenant_code=tenant.code, facts=facts)
        forget_hosts()
    return tenant


def add_host(*, code: str, host: str, answers: bool, by: Actor, now: datetime) -> Domain:
    """One more host: ``answers`` itself, or sends people on to the primary one."""
    host = host.strip().lower()
    with as_owner("public"), transaction.atomic():
        tenant = _living(code)
        if refusal := refuse_host(host):
            raise refusal
        made = Domain.objects.create(domain=host, tenant=tenant, is_primary=False, redirects=not answers)
        facts = {"host": host, "answers": answers}
        record_act(by=by, action="tenant.host_added", now=now, tenant_code=tenant.code, facts=facts)
        forget_hosts()
    return made


def remove_host(*, code: str, host: str, by: Actor, now: datetime) -> None:
    """Never the primary one; afterwards nobody answers there."""
    host = host.strip().lower()
    with as_owner("public"), transaction.atomic():
        tenant = lock_tenant(code)
        domain = Domain.objects.filter(tenant_id=tenant.id, domain=host).first()
        if domain is None:
            raise errors.HostUnknown(field="host", value=host, owner=tenant.name)
        if domain.is_primary:
            raise errors.HostIsPrimary(field="host", value=host)
        domain.delete()
        record_act(
            by=by, action="tenant.host_removed", now=now, tenant_code=tenant.code, facts={"host": host}
        )
        forget_hosts()


def _living(code: str) -> Tenant:
    tenant = lock_tenant(code)
    if tenant.state == TenantState.RETIRED:
        raise state_not_fit(tenant)
    return tenant


def _change_primary(tenant: Tenant, primary: Domain, host: str) -> None:
    own = Domain.objects.filter(tenant_id=tenant.id, domain=host)
    if not own.exists() and (refusal := refuse_host(host)):
        raise refusal
    Domain.objects.filter(id=primary.id).update(is_primary=False, redirects=True)
    if not own.update(is_primary=True, redirects=False):
        Domain.objects.create(domain=host, tenant=tenant, is_primary=True)
