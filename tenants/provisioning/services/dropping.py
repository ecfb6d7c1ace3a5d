"""The end: the schemas and the role of a retired tenant go, and then its files."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from kernel.actors import Actor
from kernel.files.faults import words_of
from tenants.provisioning import errors
from tenants.provisioning.archive.kept import list_kept
from tenants.provisioning.confirming import lock_tenant, require_confirmation, state_not_fit
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import Archive, LongJob
from tenants.registry.acts import record_act
from tenants.registry.models import Tenant
from tenants.registry.roles import role_name
from tenants.registry.selectors import forget_hosts


def drop_tenant(*, code: str, confirm: str, by: Actor, now: datetime, without_archive: str = "") -> int:
    """Drop what a retired tenant has; its row stays, because a code is never given out twice.

    Refused without an archive that was made after the last change, unless
    ``without_archive`` says why none is needed. The files go after the commit, so
    that no row is ever without its bytes; broken off there, the same command
    goes on. Returns how many files were deleted. Raises FilesLeft when the storage stopped it there.
    """
    with as_owner("public"), transaction.atomic():
        tenant = lock_tenant(code)
        if tenant.retired_at is None:
            raise state_not_fit(tenant)
        require_confirmation(tenant, confirm)
        if tenant.dropped_at is None:
            _require_archive(tenant, without_archive.strip())
            kept = _drop_schemas(tenant)
            tenant.dropped_at = now
            tenant.save(update_fields=["dropped_at"])
            record_act(
                by=by,
                action="tenant.dropped",
                now=now,
                tenant_code=tenant.code,
                reason=without_archive.strip()[:500],
                facts={
                    "schema": [tenant.schema_name, *kept],
                    "without_archive": bool(without_archive.strip()),
                },
            )
            forget_hosts()
    try:
        return sum(_delete_files(tenant.schema_name))
    except OSError as fault:
        raise errors.FilesLeft(owner=tenant.name, why=words_of(fault)) from fault


def _require_archive(tenant: Tenant, without_archive: str) -> None:
    """A retired tenant changes by an operator's long work only: such a work after the archive makes it too old."""
    newest = Archive.objects.filter(tenant_id=tenant.id).aggregate(newest=Max("created_at"))["newest"]
    works = LongJob.objects.filter(tenant_code=tenant.code).exclude(kind="EXPORT")
    ended = works.aggregate(ended=Max("finished_at"))["ended"]
    assert tenant.retired_at is not None  # noqa: S101 - the caller has looked
    changed = max(tenant.retired_at, ended or tenant.retired_at)
    if not without_archive and (newest is None or newest < changed):
        raise errors.ArchiveMissing(owner=tenant.name, moment=f"{timezone.localtime(changed):%d/%m/%Y %H:%M}")


def _drop_schemas(tenant: Tenant) -> list[str]:
    """Its own, its role, and what restores have put aside, which are returned."""
    role = role_name(database=connection.settings_dict["NAME"], schema=tenant.schema_name)
    with connection.cursor() as cursor:
        kept = list_kept(cursor, tenant.schema_name)
        for schema in (tenant.schema_name, *kept):
            cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            cursor.execute(f"DROP ROLE {role}")
    return kept


def _delete_files(folder: str) -> Iterator[int]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        default_storage.delete(f"{folder}/{name}")
        yield 1
    for name in folders:
        yield from _delete_files(f"{folder}/{name}")
    default_storage.delete(folder)  # a local folder, now empty; nothing in an object store
