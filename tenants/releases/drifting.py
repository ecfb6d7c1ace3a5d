"""Schemas that are no longer what their release made of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import TemplateScript
from tenants.provisioning.shape import Piece, read_fingerprints, read_shapes
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.registry.roles import role_name
from tenants.releases.differences import Difference, compare
from tenants.releases.errors import TenantUnknown
from tenants.releases.models import Release
from tenants.releases.repairing import repair
from tenants.releases.rights import Rights, WrongRight, list_wrong_rights, read_rights

_APPLIED = re.compile(r"\('([^']+)','([^']+)',now\(\)\)")
Migration = tuple[str, str]  # app, name


def find_drifted(*, tenants: Sequence[Tenant]) -> dict[int, str]:
    """Of these tenants, those whose schema is not that of their release: key of the tenant → why, in few words.

    Cheap enough for every wave: one statement for all schemas, worked out by the
    server. What differs in them is find_drift's to say.
    """
    with as_owner("public"):
        releases = {
            number: (name, fingerprint)
            for number, name, fingerprint in Release.objects.values_list("number", "name", "fingerprint")
        }
        with connection.cursor() as cursor:
            found = read_fingerprints(cursor, [tenant.schema_name for tenant in tenants])
    reasons = {}
    for tenant in tenants:
        name, expected = releases.get(tenant.release, ("", ""))
        if not expected:
            reasons[tenant.id] = _("Bản phát hành số {number} chưa được biên dịch.").format(
                number=tenant.release
            )
        elif tenant.schema_name not in found:
            reasons[tenant.id] = _("Không có lược đồ {schema}.").format(schema=tenant.schema_name)
        elif found[tenant.schema_name] != expected:
            reasons[tenant.id] = _("Lược đồ khác với bản {release}.").format(release=name)
    return reasons


@dataclass(frozen=True, slots=True)
class TenantDrift:
    """One tenant beside its release. ``reason`` says in few words what is wrong; empty when nothing is.

    ``repair`` is SQL for a person to read and run; what would lose data is commented out in it.
    """

    tenant: Tenant
    release: str
    reason: str = ""
    differences: list[Difference] = field(default_factory=list)
    migrations_missing: list[Migration] = field(default_factory=list)
    migrations_extra: list[Migration] = field(default_factory=list)
    rights: list[WrongRight] = field(default_factory=list)
    repair: list[str] = field(default_factory=list)


def find_drift(*, codes: Sequence[str] | None = None) -> list[TenantDrift]:
    """Every tenant with a schema, or those named, object by object beside its own release.

    One statement each for fingerprints, migrations and rights of all schemas; the
    objects are read only of schemas whose fingerprint is another. Nothing is
    changed. Raises TenantUnknown.
    """
    tenants = _tenants(codes)
    reasons = find_drifted(tenants=tenants)
    roles = {one.schema_name: role_name(database=_database(), schema=one.schema_name) for one in tenants}
    with as_owner("public"), connection.cursor() as cursor:
        releases = {
            release.number: release
            for release in Release.objects.filter(number__in={t.release for t in tenants})
        }
        shapes = read_shapes(cursor, [one.schema_name for one in tenants if one.id in reasons])
        rights = read_rights(cursor, roles)
        applied = _read_applied(cursor, list(roles))
        expected = _expected_migrations(releases)
    found = []
    for tenant in tenants:
        release = releases.get(tenant.release)
        if release is None or tenant.schema_name not in applied:
            name = release.name if release else str(tenant.release)
            found.append(TenantDrift(tenant, name, reasons.get(tenant.id, "")))
            continue
        shape = [Piece._make(piece) for piece in release.shape]
        there = shapes.get(tenant.schema_name, shape)
        wrong = _judge_rights(tenant, shape, roles[tenant.schema_name], rights[tenant.schema_name])
        rows = applied[tenant.schema_name]
        found.append(_beside(tenant, release, shape, there, wrong, expected[release.number], rows))
    return found


def _judge_rights(tenant: Tenant, shape: list[Piece], role: str, rights: Rights) -> list[WrongRight]:
    objects = [(piece.kind, piece.name) for piece in shape if piece.kind in ("table", "sequence")]
    wrong = list_wrong_rights(tenant.schema_name, role, rights, objects)
    if tenant.state == TenantState.RETIRED:
        # A merge leaves its own role with less, which is meant; that others have something is not.
        return [one for one in wrong if one.who != role or one.kind == "ROLE"]
    return wrong


def _beside(
    tenant: Tenant,
    release: Release,
    shape: list[Piece],
    there: list[Piece],
    wrong: list[WrongRight],
    expected: set[Migration],
    rows: set[Migration],
) -> TenantDrift:
    differences = compare(shape, there)
    missing, extra = sorted(expected - rows), sorted(rows - expected)
    reasons = [
        _("{count} đối tượng của lược đồ").format(count=len(differences)) if differences else "",
        _("{count} dòng migration").format(count=len(missing) + len(extra)) if missing or extra else "",
        _("{count} quyền của vai trò").format(count=len(wrong)) if wrong else "",
    ]
    repairs = [*repair(differences, shape), *_note(missing), *_forget(extra)]
    repairs += [statement for one in wrong for statement in one.repair()]
    return TenantDrift(
        tenant=tenant,
        release=release.name,
        reason=", ".join(reason for reason in reasons if reason),
        differences=differences,
        migrations_missing=missing,
        migrations_extra=extra,
        rights=wrong,
        repair=[f"SET search_path = {tenant.schema_name}, extensions;", *repairs] if repairs else [],
    )


def _note(missing: list[Migration]) -> list[str]:
    into = "INSERT INTO django_migrations (app, name, applied) VALUES"
    return [f"{into} ('{app}', '{name}', now());" for app, name in missing]


def _forget(extra: list[Migration]) -> list[str]:
    from_ = "DELETE FROM django_migrations WHERE"
    return [f"-- {from_} app = '{app}' AND name = '{name}';" for app, name in extra]


def _tenants(codes: Sequence[str] | None) -> list[Tenant]:
    with as_owner("public"):
        everyone = {one.code: one for one in Tenant.objects.exclude(schema_name="public").order_by("code")}
        if codes:
            for code in codes:
                if code not in everyone:
                    raise TenantUnknown(value=code)
            return [everyone[code] for code in codes]
        with connection.cursor() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace")
            schemas = {name for (name,) in cursor.fetchall()}
    # Who has retired may have taken the schema along.
    return [
        one for one in everyone.values() if one.schema_name in schemas or one.state != TenantState.RETIRED
    ]


def _read_applied(cursor: Any, schemas: list[str]) -> dict[str, set[Migration]]:
    """Rows of each schema's django_migrations, in one statement; a schema without the table is absent."""
    cursor.execute(
        "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relname = 'django_migrations' AND n.nspname = ANY(%s)",
        [schemas],
    )
    there = [name for (name,) in cursor.fetchall()]
    rows: dict[str, set[Migration]] = {schema: set() for schema in there}
    if there:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{one}', app, name FROM {one}.django_migrations" for one in there)  # noqa: S608
        )
        for schema, app, name in cursor.fetchall():
            rows[schema].add((app, name))
    return rows


def _expected_migrations(releases: dict[int, Release]) -> dict[int, set[Migration]]:
    """What a tenant that is born at the release has noted as applied: it stands in the script it is born from."""
    scripts = TemplateScript.objects.filter(release__in=releases).values_list("release", "pre_sql")
    return {release: set(_APPLIED.findall(pre_sql)) for release, pre_sql in scripts}


def _database() -> str:
    return str(connection.settings_dict["NAME"])
