"""The short moment in which a restored schema takes its place."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

import psycopg
from django.core.cache import caches
from django.db import OperationalError, connection, transaction

from kernel.actors import Actor
from kernel.ids import uuid7
from tenants.provisioning.archive.aiming import Aim
from tenants.provisioning.archive.errors import TenantNeverQuiet
from tenants.provisioning.archive.kept import name_for
from tenants.provisioning.archive.manifest import Manifest
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.services.creation import grant_rights
from tenants.provisioning.shape import read_fingerprints
from tenants.registry.acts import record_act
from tenants.registry.cache import TenantCache
from tenants.registry.enums import TenantState
from tenants.registry.models import Domain, Tenant, TenantAlias
from tenants.registry.roles import role_name
from tenants.registry.selectors import forget_hosts

# Below PostgreSQL's deadlock_timeout of 1 s: whoever waits for us is never the one that a deadlock ends.
_WAIT_MILLISECONDS = 800
_ATTEMPTS, _PAUSE_SECONDS = 40, 0.5
_IN_THE_WAY = (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)


def swap_in(
    aim: Aim,
    manifest: Manifest,
    *,
    shape: str,
    by: Actor,
    now: datetime,
    told: dict[str, Any],
    within: Callable[[Tenant, str], None],
) -> tuple[Tenant, str]:
    """One transaction: schema, rights, registry, trail and what the caller adds to it (``within``).

    Says under which name the old schema was kept, if any.
    Raises TenantNeverQuiet when work in the living schema never stops long enough.
    """
    for _attempt in range(_ATTEMPTS):
        try:
            with as_owner("public"), transaction.atomic(), connection.cursor() as cursor:
                kept = _put_aside(cursor, aim, now)
                cursor.execute(f"ALTER SCHEMA {aim.scratch} RENAME TO {aim.schema}")
                grant_rights(aim.schema)
                tenant = _register(aim, manifest, now)
                _require_shape(cursor, aim.schema, shape)
                facts = {**told, "release": manifest.release_name, "kept": kept}
                record_act(by=by, action="tenant.restored", now=now, tenant_code=tenant.code, facts=facts)
                within(tenant, kept)
            break
        except OperationalError as fault:
            if not isinstance(fault.__cause__, _IN_THE_WAY):
                raise
            time.sleep(_PAUSE_SECONDS)
    else:
        raise TenantNeverQuiet(tenant=aim.name)
    forget_hosts()
    # What was remembered of the rows before, sessions above all, would speak of others now.
    cast(TenantCache, caches["default"]).forget_tenant(aim.schema)
    return tenant, kept


def _put_aside(cursor: Any, aim: Aim, now: datetime) -> str:
    """Wait for open work, let nobody begin, give the old schema another name and take it out of reach.

    A transaction that began before and waits here finds the new tables when it goes on: names are looked up
    again after a wait for a lock.
    """
    cursor.execute(
        "SELECT format('%%I.%%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = %s AND c.relkind IN ('r', 'p') ORDER BY c.relname",
        [aim.schema],
    )
    tables = [name for (name,) in cursor.fetchall()]
    if aim.living is None or not tables:  # of a retired tenant only the registry's row may be left
        return ""
    with _no_longer_than(cursor, _WAIT_MILLISECONDS):
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
    kept = name_for(cursor, aim.schema, now)
    cursor.execute(f"ALTER SCHEMA {aim.schema} RENAME TO {kept}")
    role = role_name(database=connection.settings_dict["NAME"], schema=aim.schema)
    cursor.execute(f"REVOKE ALL ON SCHEMA {kept} FROM {role}")
    return kept


@contextmanager
def _no_longer_than(cursor: Any, milliseconds: int) -> Iterator[None]:
    """For a whole statement: a lock on fifty tables would get fifty times the limit of one."""
    cursor.execute(f"SET LOCAL statement_timeout = {milliseconds}")
    yield
    cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


def _register(aim: Aim, manifest: Manifest, now: datetime) -> Tenant:
    """A living tenant keeps its name, state and hosts; one that is made anew is opened by a person, after a look."""
    if aim.living is not None:
        tenant = Tenant.objects.select_for_update().get(id=aim.living.id)
        # One that was dropped has a schema and files again: a drop that is called anew must not go on where it was.
        tenant.release, tenant.dropped_at = manifest.release, None
        tenant.save(update_fields=["release", "dropped_at"])
        return tenant
    facts = manifest.tenant
    its_own = aim.code == facts["code"] and not Tenant.objects.filter(public_id=facts["public_id"]).exists()
    tenant = Tenant.objects.create(
        schema_name=aim.schema,
        public_id=facts["public_id"] if its_own else uuid7(),
        code=aim.code,
        name=aim.name,
        kind=facts["kind"],
        state=TenantState.PREPARING,
        ring=facts["ring"],
        release=manifest.release,
        created_at=now,
    )
    Domain.objects.create(domain=aim.host, tenant=tenant, is_primary=True)
    for alias in facts["aliases"] if its_own else ():
        if not TenantAlias.objects.filter(code=alias["code"]).exists():
            TenantAlias.objects.create(tenant=tenant, created_at=now, **alias)
    return tenant


def _require_shape(cursor: Any, schema: str, shape: str) -> None:
    """No function may still speak of the name that the schema was loaded under: it would go on in nowhere."""
    if read_fingerprints(cursor, [schema])[schema] != shape:
        raise RuntimeError(f"{schema} is not what was loaded")
