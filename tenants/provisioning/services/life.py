"""A tenant's life after it was opened: reading only, closed, open again, retired, gone on in another one.

Each act is one transaction with its line in the central trail; a refusal changes
and records nothing. What a host answers in which state: tenants/registry/standing.py.
"""

from datetime import datetime

from django.db import transaction

from kernel.actors import Actor
from kernel.vietnamese import clean
from tenants.provisioning import errors
from tenants.provisioning.confirming import (
    lock_tenant,
    require_confirmation,
    require_reason,
    state_not_fit,
)
from tenants.provisioning.migrating import as_owner
from tenants.registry.acts import record_act
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant, TenantAlias
from tenants.registry.selectors import forget_hosts

MODES = {"read-only": TenantState.READ_ONLY, "closed": TenantState.SUSPENDED}
_ALIVE = frozenset({TenantState.READY, TenantState.READ_ONLY, TenantState.SUSPENDED})
_LONGEST_NOTICE = 300


def suspend_tenant(
    *, code: str, mode: str, notice: str, by: Actor, now: datetime, confirm: str = "", reason: str = ""
) -> Tenant:
    """Open for reading only, or closed, with ``notice`` for whoever comes; again, to change mode or notice.

    Closing asks for the code in ``confirm``. Without a reason the notice is recorded as it.
    """
    state, notice = MODES.get(mode), clean(notice)[:_LONGEST_NOTICE]
    if state is None:
        raise errors.ModeUnknown(field="mode", value=mode)
    if not notice:
        raise errors.NoticeMissing(field="notice")
    with as_owner("public"), transaction.atomic():
        tenant = lock_tenant(code)
        preparing = tenant.state == TenantState.PREPARING and state == TenantState.SUSPENDED
        if tenant.state not in _ALIVE and not preparing:
            raise state_not_fit(tenant)
        if state == TenantState.SUSPENDED:
            require_confirmation(tenant, confirm)
        if (tenant.state, tenant.notice) == (state, notice):
            raise errors.NothingToChange(owner=tenant.name)
        facts = {"before": tenant.state, "state": state, "notice": notice}
        _set(tenant, state=state, notice=notice)
        record_act(
            by=by,
            action="tenant.suspended",
            now=now,
            tenant_code=tenant.code,
            reason=reason.strip()[:500] or notice,
            facts=facts,
        )
        forget_hosts()
    return tenant


def resume_tenant(*, code: str, by: Actor, now: datetime, reason: str = "") -> Tenant:
    """Open again as before: to everybody, or to its own people if it had never been opened to the public."""
    with as_owner("public"), transaction.atomic():
        tenant = lock_tenant(code)
        if tenant.state not in (TenantState.READ_ONLY, TenantState.SUSPENDED):
            raise state_not_fit(tenant)
        before = tenant.state
        state = TenantState.READY if tenant.opened_at else TenantState.PREPARING
        _set(tenant, state=state, notice="")
        record_act(
            by=by,
            action="tenant.resumed",
            now=now,
            tenant_code=tenant.code,
            reason=reason.strip()[:500],
            facts={"before": before, "state": state},
        )
        forget_hosts()
    return tenant


def retire_tenant(
    *, code: str, confirm: str, reason: str, by: Actor, now: datetime, notice: str = ""
) -> Tenant:
    """Close for good: its hosts answer 410, its schema stays and may only be read."""
    with as_owner("public"), transaction.atomic():
        tenant = lock_tenant(code)
        if tenant.state == TenantState.RETIRED:
            raise state_not_fit(tenant)
        require_confirmation(tenant, confirm)
        reason = require_reason(reason)
        facts = {"before": tenant.state}
        _set(tenant, state=TenantState.RETIRED, notice=clean(notice)[:_LONGEST_NOTICE], retired_at=now)
        record_act(
            by=by, action="tenant.retired", now=now, tenant_code=tenant.code, reason=reason, facts=facts
        )
        forget_hosts()
    return tenant


def succeed_tenant(*, old: str, new: str, ground: str, confirm: str, by: Actor, now: datetime) -> Tenant:
    """``old`` goes on in ``new``: retired, its hosts send people on, its code and its aliases lead to ``new``.

    Moves no rows. ``confirm`` is the code of ``old``. Returns the tenant that stays.
    """
    ground = clean(ground)[:300]
    with as_owner("public"), transaction.atomic():
        # In the order of their codes, so that two operators who cross each other do not lock each other out.
        locked = {code: lock_tenant(code) for code in sorted({old, new})}
        before, after = locked[old], locked[new]
        if before.successor_id is not None or before.state == TenantState.PREPARING:
            raise state_not_fit(before)
        if after.id == before.id or after.state not in _ALIVE:
            raise errors.SuccessorNotFit(field="new", owner=after.name)
        require_confirmation(before, confirm)
        if not ground:
            raise errors.GroundMissing(field="ground")
        facts = {"before": before.state, "successor": after.code}
        _set(
            before,
            state=TenantState.RETIRED,
            notice="",
            retired_at=before.retired_at or now,
            successor=after,
        )
        TenantAlias.objects.filter(tenant_id=before.id).update(tenant=after)
        TenantAlias.objects.create(code=before.code, tenant=after, ground=ground, created_at=now)
        for code in (before.code, after.code):
            record_act(
                by=by, action="tenant.succeeded", now=now, tenant_code=code, reason=ground, facts=facts
            )
        forget_hosts()
    return after


def add_alias(*, code: str, alias: str, ground: str, by: Actor, now: datetime) -> TenantAlias:
    """A code of before by which the tenant is found as well. Never the code of a tenant that lives."""
    alias, ground = alias.strip().upper()[:35], clean(ground)[:300]
    with as_owner("public"), transaction.atomic():
        tenant = lock_tenant(code)
        if tenant.state == TenantState.RETIRED:
            raise state_not_fit(tenant)
        if not alias:
            raise errors.TenantCodeInvalid(field="alias", value=alias)
        if not ground:
            raise errors.GroundMissing(field="ground")
        owner = Tenant.objects.filter(code=alias).first()
        known = TenantAlias.objects.select_related("tenant").filter(code=alias).first()
        if owner is not None or known is not None:
            name = owner.name if owner else known.tenant.name  # type: ignore[union-attr]  # one of the two is there
            raise errors.AliasTaken(field="alias", value=alias, owner=name)
        made = TenantAlias.objects.create(code=alias, tenant=tenant, ground=ground, created_at=now)
        record_act(
            by=by,
            action="tenant.alias_added",
            now=now,
            tenant_code=tenant.code,
            reason=ground,
            facts={"alias": alias},
        )
    return made


def remove_alias(*, code: str, alias: str, reason: str, by: Actor, now: datetime) -> None:
    """A code of before that was put down by mistake. Never the code of a tenant that goes on in this one."""
    with as_owner("public"), transaction.atomic():
        tenant = lock_tenant(code)
        alias = alias.strip().upper()
        found = TenantAlias.objects.filter(tenant_id=tenant.id, code=alias).first()
        if found is None:
            raise errors.AliasUnknown(field="alias", value=alias, owner=tenant.name)
        predecessor = Tenant.objects.filter(code=alias).first()
        if predecessor is not None:
            raise errors.AliasOfPredecessor(field="alias", value=alias, owner=predecessor.name)
        reason, facts = require_reason(reason), {"alias": alias, "ground": found.ground}
        found.delete()
        record_act(
            by=by, action="tenant.alias_removed", now=now, tenant_code=tenant.code, reason=reason, facts=facts
        )


def _set(tenant: Tenant, **values: object) -> None:
    for name, value in values.items():
        setattr(tenant, name, value)
    tenant.save(update_fields=sorted(values))
