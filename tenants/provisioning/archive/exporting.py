"""``tenant export``: everything of one tenant, as one moment saw it, into one file."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader
from typing import Any, BinaryIO, cast

import psycopg
from django.conf import settings
from django.db import transaction
from psycopg import sql

from kernel.actors import Actor
from tenants.provisioning.archive import carrying, manifest, stored
from tenants.provisioning.archive.carrying import RowsOut, gzip
from tenants.provisioning.archive.container import Writer
from tenants.provisioning.archive.database import holding, without_its_words
from tenants.provisioning.archive.errors import ArchiveTenantUnknown, ReleaseNotHere, SchemaInWork
from tenants.provisioning.archive.manifest import Manifest, TableFacts
from tenants.provisioning.archive.names import release_name
from tenants.provisioning.archive.places import Place
from tenants.provisioning.archive.readme import TEXT
from tenants.provisioning.archive.writing import Whole, whole
from tenants.provisioning.connecting import connect, tenant_lock
from tenants.provisioning.errors import DataDropped
from tenants.provisioning.models import Archive, TemplateScript
from tenants.provisioning.shape import read_fingerprints
from tenants.provisioning.tables import Table, list_tables, read_counters
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.models import Domain, Tenant, TenantAlias
from tenants.registry.selectors import find_tenant

Connection = psycopg.Connection[Any]
Say = Callable[[str], None]
Step = Callable[[str, int, int], None]


def export_tenant(
    *,
    code: str,
    to: Place,
    by: Actor,
    now: datetime,
    say: Say = lambda line: None,
    step: Step = lambda title, number, total: None,
) -> Archive:
    """Write the archive of a tenant beside its live traffic; it only reads. ``step`` hears of each table at its start.

    Short-lived secrets (sessions, access tokens) stay out: TENANT_TABLES_LEFT_OUT.
    Raises ArchiveTenantUnknown, DataDropped, SchemaInWork, ReleaseNotHere, StoredFileLost, FileStoreAway,
    DatabaseRefused, and for the file ArchiveExists, ArchiveBeingWritten, ArchiveNotWritten; then no file is left.
    """
    tenant = find_tenant(code)
    if tenant is None:
        raise ArchiveTenantUnknown(field="code", value=code)
    if tenant.dropped_at is not None:
        raise DataDropped(owner=tenant.name)
    with whole(to, tenant=tenant.name) as written:
        with without_its_words(), connect(name=f"export {code}") as connection:
            lock = holding(connection, tenant_lock(tenant.id), name=tenant.name, shared=True)
            with lock, _one_moment(connection, tenant):
                facts = _write(connection, tenant, written.sink, by, now, say, step)
        return _record(tenant, to, written, facts, by, now)


@contextmanager
def _one_moment(connection: Connection, tenant: Tenant) -> Iterator[None]:
    """One snapshot for every table. The locks come before it, so that no column changes after it was taken."""
    carrying.pin(connection)
    schema = tenant.schema_name
    tables = sql.SQL(", ").join(table.within(schema) for table in list_tables(connection, schema))
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    with connection.transaction():
        try:
            connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(tables))
        except psycopg.errors.LockNotAvailable:
            raise SchemaInWork(tenant=tenant.name) from None
        yield


def _write(
    connection: Connection,
    tenant: Tenant,
    sink: BinaryIO,
    by: Actor,
    now: datetime,
    say: Say,
    step: Step,
) -> Manifest:
    schema = tenant.schema_name
    release, script_sha256 = _release(connection, tenant)
    name = release_name(release)
    archive = Writer(sink, moment=int(now.timestamp()))
    left_out = settings.TENANT_TABLES_LEFT_OUT
    archive.add(manifest.README, _readme(tenant, name, by, now, left_out))
    tables = tuple(
        _write_table(archive, connection, schema, table, table.name in left_out, say)
        for table in _told(list_tables(connection, schema), step)
    )
    parts = list(archive.written)
    files, file_bytes = stored.write_files(archive, connection, tenant, say)
    parts.append(stored.write_list(archive, connection, schema))
    facts = Manifest(
        made_at=now.isoformat(),
        made_by=by.name,
        tenant=_facts(tenant),
        release=release,
        release_name=name,
        migrations_sha256=script_sha256,
        fingerprint=read_fingerprints(connection.cursor(), [schema])[schema],
        tables=tables,
        counters=tuple(read_counters(connection, schema)),
        members=tuple(parts),
        files=files,
        file_bytes=file_bytes,
        total_sha256=manifest.total_of(tuple(parts)),
    )
    seal = archive.add(manifest.MANIFEST, manifest.write_manifest(facts))
    archive.add(manifest.SEAL, f"{seal.sha256}  {manifest.MANIFEST}\n".encode())
    archive.end()
    return facts


def _told(tables: list[Table], step: Step) -> Iterator[Table]:
    for number, table in enumerate(tables, start=1):
        step(table.name, number, len(tables))
        yield table


def _release(connection: Connection, tenant: Tenant) -> tuple[int, str]:
    """As the snapshot saw it, and the migrations that make it."""
    row = connection.execute(
        "SELECT release FROM public.registry_tenant WHERE id = %s", [tenant.id]
    ).fetchone()
    release = int(row[0]) if row else tenant.release
    with central_context():
        script = TemplateScript.objects.filter(release=release).first()
    if script is None:
        raise ReleaseNotHere(release=release)
    return release, script.migrations_sha256


def _write_table(
    archive: Writer, connection: Connection, schema: str, table: Table, left_out: bool, say: Say
) -> TableFacts:
    name = f"data/{table.name}.csv.gz"
    rows = RowsOut(connection, table, schema, empty=left_out)
    with archive.member(name) as member:
        for piece in gzip(rows):
            member.write(piece)
    if rows.facts.rows:
        say(f"  {table.name}: {rows.facts.rows}")
    return TableFacts(**table._asdict(), **rows.facts._asdict(), member=name, left_out=left_out)


def _facts(tenant: Tenant) -> dict[str, Any]:
    """What the registry knows of a tenant, as plain values."""
    plain = ("code", "name", "kind", "schema_name", "state", "notice", "ring")
    moments = ("created_at", "opened_at")
    with central_context():
        hosts = Domain.objects.filter(tenant_id=tenant.id).order_by("-is_primary", "domain")
        aliases = TenantAlias.objects.filter(tenant_id=tenant.id).order_by("code")
        return {
            **{name: getattr(tenant, name) for name in plain},
            **{name: getattr(tenant, name) and getattr(tenant, name).isoformat() for name in moments},
            "public_id": str(tenant.public_id),
            "hosts": list(hosts.values("domain", "is_primary", "redirects")),
            "aliases": list(aliases.values("code", "ground")),
        }


def _readme(tenant: Tenant, release: str, by: Actor, now: datetime, left_out: list[str]) -> bytes:
    words = TEXT.format(
        name=tenant.name,
        code=tenant.code,
        made_at=now.isoformat(timespec="seconds"),
        made_by=by.name,
        release=release,
        files_table=carrying.FILES_TABLE,
        left_out=", ".join(left_out),
    )
    return words.encode()


def _record(tenant: Tenant, to: Place, written: Whole, facts: Manifest, by: Actor, now: datetime) -> Archive:
    """The file gets its name inside the transaction that knows of it: neither is there without the other."""
    sink = written.sink
    size = sink.seek(0, os.SEEK_END)
    sink.seek(0)
    sha256 = hashlib.file_digest(cast(BufferedReader, sink), "sha256").hexdigest()
    written.settle()  # outside of the transaction: into a bucket it may take an hour
    told = {"path": str(to), "sha256": sha256, "size": size, "rows": facts.rows, "files": facts.files}
    with central_context(), transaction.atomic():
        archive = Archive.objects.create(
            tenant_id=tenant.id, release=facts.release, created_at=now, created_by=by.name, **told
        )
        record_act(by=by, action="tenant.exported", now=now, tenant_code=tenant.code, facts=told)
        written.keep()
    return archive
