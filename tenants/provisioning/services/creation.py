"""The birth of a tenant: registry rows, schema and role in one transaction."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from kernel.actors import Actor
from kernel.errors import DomainError, Refusals
from kernel.ids import uuid7
from kernel.vietnamese import clean
from tenants.provisioning import errors
from tenants.provisioning.birth import find_birth_release
from tenants.provisioning.dumping import Script
from tenants.provisioning.host_names import refuse_host
from tenants.provisioning.migrating import as_owner, leaves_in_code, migrations_sha256
from tenants.provisioning.models import TemplateScript
from tenants.registry.acts import record_act
from tenants.registry.enums import Ring, TenantKind, TenantState
from tenants.registry.models import Domain, Tenant, TenantAlias
from tenants.registry.roles import role_name
from tenants.registry.selectors import forget_hosts

CODE = re.compile(r"[A-Z]\d{2}")


def create_tenant(
    *,
    code: str,
    name: str,
    kind: str,
    host: str,
    now: datetime,
    state: str = TenantState.READY,
    ring: str = Ring.GENERAL,
    release: int | None = None,
) -> Tenant:
    """Create a ministry or province from the template script: all of it, or nothing.

    ``release``: the number of the release to be born at; without it, that of the fleet (see birth.py).
    Raises Refusals with everything that is wrong at once; SchemaLeftOver and
    TemplateStale when the database is not in a state to be built on.
    """
    name = clean(name)
    with as_owner("public"), transaction.atomic():
        refusals = list(list_refusals(code, name, kind, host))
        if refusals:
            raise Refusals(refusals) if len(refusals) > 1 else refusals[0]
        schema = code.lower()
        script = _script(release)
        tenant = Tenant.objects.create(
            schema_name=schema,
            public_id=uuid7(),
            code=code,
            name=name,
            kind=kind,
            state=state,
            ring=ring,
            release=script.release,
            created_at=now,
            opened_at=now if state == TenantState.READY else None,
        )
        Domain.objects.create(domain=host, tenant=tenant, is_primary=True)
        _replay(Script(script.pre_sql, script.post_sql).under(schema))
        grant_rights(schema)
    forget_hosts()
    return tenant


def register_tenant(*, code: str, name: str, kind: str, host: str, by: Actor, now: datetime) -> Tenant:
    """An empty tenant by an operator's own hand: it is being prepared, and nobody but its people comes in.

    Only the ready list, or somebody with a reason, opens it. Raises what create_tenant raises.
    """
    with as_owner("public"), transaction.atomic():
        made = create_tenant(code=code, name=name, kind=kind, host=host, now=now, state=TenantState.PREPARING)
        facts = {"name": made.name, "host": host}
        record_act(by=by, action="tenant.registered", now=now, tenant_code=made.code, facts=facts)
    forget_hosts()
    return made


def list_refusals(code: str, name: str, kind: str, host: str) -> list[DomainError]:
    """Everything that keeps a tenant from being made; asked in the central schema."""
    found: list[DomainError] = []
    if not CODE.fullmatch(code):
        found.append(errors.TenantCodeInvalid(field="code", value=code))
    elif owner := Tenant.objects.filter(code=code).first():
        found.append(errors.TenantCodeTaken(field="code", value=code, owner=owner.name))
    elif alias := TenantAlias.objects.select_related("tenant").filter(code=code).first():
        found.append(errors.TenantCodeTaken(field="code", value=code, owner=alias.tenant.name))
    elif schema_exists(code.lower()):
        found.append(errors.SchemaLeftOver(field="code", value=code.lower()))
    if not name:
        found.append(errors.NameMissing(field="name"))
    if kind not in (TenantKind.PROVINCE, TenantKind.MINISTRY):
        found.append(errors.KindUnknown(field="kind", value=kind))
    if refusal := refuse_host(host):
        found.append(refusal)
    return found


def schema_exists(schema: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema])
        return cursor.fetchone() is not None


def _script(release: int | None) -> TemplateScript:
    """Without a number: that of the fleet's release, in a centre that the code's own release was compiled in."""
    if release is None:
        newest = TemplateScript.objects.order_by("-release").first()
        fresh = newest is not None and newest.migrations_sha256 == migrations_sha256(leaves_in_code())
        release = find_birth_release() if fresh else None
    script = TemplateScript.objects.filter(release=release).first()
    if script is None:
        raise errors.TemplateStale
    return script


def _replay(script: Script) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"{script.pre_sql}\n{script.post_sql}")


def grant_rights(schema: str) -> None:
    """A NOLOGIN role that reaches this schema and nothing else; append-only tables stay so for it."""
    role = role_name(database=connection.settings_dict["NAME"], schema=schema)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, session_user")
        version, owner = cursor.fetchone()
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {role} NOLOGIN NOINHERIT")
        # PostgreSQL 16 tells "may become" from "has the rights of": the application may only become it.
        options = " WITH SET TRUE, INHERIT FALSE" if version >= 160000 else ""
        cursor.execute(f'GRANT {role} TO "{owner}"{options}')
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        tables, sequences = _relations(cursor, schema)
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE {tables} TO {role}")
        cursor.execute(f"GRANT USAGE ON SEQUENCE {sequences} TO {role}")
        for table in settings.TENANT_APPEND_ONLY_TABLES:
            cursor.execute(f"REVOKE UPDATE, DELETE ON {schema}.{table} FROM {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {schema}.django_migrations FROM {role}")


def _relations(cursor: Any, schema: str) -> tuple[str, str]:
    """The schema's tables and its sequences, as a statement lists them.

    ``ON ALL TABLES IN SCHEMA`` reads the whole of pg_class six times over: with three hundred
    tenants that is longer than the rest of the grants. By pg_depend it is the schema's own rows.
    """
    cursor.execute(
        """
        SELECT c.relkind = 'S', string_agg(DISTINCT quote_ident(%(schema)s) || '.' || quote_ident(c.relname), ', ')
          FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind IN ('r', 'v', 'm', 'p', 'f', 'S')
         WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_namespace'::regclass
           AND d.refobjid = (SELECT oid FROM pg_namespace WHERE nspname = %(schema)s)
         GROUP BY 1
        """,
        {"schema": schema},
    )
    found = dict(cursor.fetchall())
    return found[False], found[True]
