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


def set_host_answers(*, code: str, host: str, answers: bool, by: Actor, now: datetime) -> None:
    """A host beside the primary one ``answers`` itself from now on, or sends people on to the primary one."""
    with as_owner("public"), transaction.atomic():
        tenant = _living(code)
        domain = _own(tenant, host)
        if domain.is_primary:
            raise errors.HostIsPrimary(field="host", value=domain.domain)
        if domain.redirects != answers:
            raise errors.NothingToChange(owner=tenant.name)
        domain.redirects = not answers
        domain.save(update_fields=["redirects"])
        facts = {"host": domain.domain, "answers": answers}
        record_act(by=by, action="tenant.host_changed", now=now, tenant_code=tenant.code, facts=facts)
        forget_hosts()


def remove_host(*, code: str, host: str, by: Actor, now: datetime, instead: str = "") -> None:
    """Afterwards nobody answers there. The primary one goes only when another is named ``instead`` of it."""
    instead = instead.strip().lower()
    with as_owner("public"), transaction.atomic():
        tenant = lock_tenant(code)
        domain = _own(tenant, host)
        facts = {"host": domain.domain}
        if domain.is_primary:
            if instead in ("", domain.domain) or tenant.state == TenantState.RETIRED:
                raise errors.HostIsPrimary(field="instead", value=domain.domain)
            _change_primary(tenant, domain, instead, field="instead")
            facts["primary"] = instead
        domain.delete()
        record_act(by=by, action="tenant.host_removed", now=now, tenant_code=tenant.code, facts=facts)
        forget_hosts()


def _own(tenant: Tenant, host: str) -> Domain:
    host = host.strip().lower()
    domain = Domain.objects.filter(tenant_id=tenant.id, domain=host).first()
    if domain is None:
        raise errors.HostUnknown(field="host", value=host, owner=tenant.name)
    return domain


def _living(code: str) -> Tenant:
    tenant = lock_tenant(code)
    if tenant.state == TenantState.RETIRED:
        raise state_not_fit(tenant)
    return tenant


def _change_primary(tenant: Tenant, primary: Domain, host: str, *, field: str = "host") -> None:
    own = Domain.objects.filter(tenant_id=tenant.id, domain=host)
    if not own.exists() and (refusal := refuse_host(host, field=field)):
        raise refusal
    Domain.objects.filter(id=primary.id).update(is_primary=False, redirects=True)
    if not own.update(is_primary=True, redirects=False):
        Domain.objects.create(domain=host, tenant=tenant, is_primary=True)
