"""``tenant restore``: one tenant back from its archive, beside the work of all others."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader
from typing import Any, BinaryIO, NamedTuple, cast

import psycopg
from psycopg import sql

from kernel.actors import Actor
from tenants.provisioning.archive.aiming import Aim, find_script, take_aim
from tenants.provisioning.archive.carrying import FILES_TABLE
from tenants.provisioning.archive.database import holding, without_its_words
from tenants.provisioning.archive.errors import ArchiveNotTheListed, StoredFileClash
from tenants.provisioning.archive.loading import load
from tenants.provisioning.archive.places import Place
from tenants.provisioning.archive.stored import Claim, Slice, is_there, put, take_away
from tenants.provisioning.archive.swapping import swap_in
from tenants.provisioning.archive.verifying import Sound, open_sound
from tenants.provisioning.connecting import connect, lock_key, tenant_lock
from tenants.provisioning.copying import drop_schema
from tenants.provisioning.models import Archive
from tenants.registry.context import central_context
from tenants.registry.models import Tenant

Connection = psycopg.Connection[Any]
Say = Callable[[str], None]
Within = Callable[[Tenant, str], None]


class Restored(NamedTuple):
    """``kept`` is the name under which the rows of before are put aside; ``listed``: the centre knows this file."""

    tenant: Tenant
    rows: int
    files: int
    kept: str
    listed: bool


def restore_tenant(
    *,
    path: Place,
    by: Actor,
    now: datetime,
    code: str | None = None,
    host: str | None = None,
    replace: bool = False,
    confirm: str = "",
    drop_replaced: bool = False,
    to_shape: bool = False,
    sha256: str = "",
    within: Within = lambda tenant, kept: None,
    say: Say = lambda line: None,
) -> Restored:
    """Bring a tenant back under its own code, as another one (``code``, ``host``), or in place of the living one.

    Everything is checked first; rows are loaded into a schema beside, compared, and swapped in by one short
    transaction. Whatever ends the work before that leaves the living tenant as it was, and a rerun starts clean.
    ``sha256``: of the whole file, where the centre knows it; ``within`` is called inside the transaction that swaps.
    ``to_shape``: the archive is of a schema that had drifted, and the release's own shape will do.
    Raises ArchiveUnreadable, ArchiveBroken, ArchiveNotTheListed, those of take_aim and load, ReleaseNotHere,
    SchemaInWork, StoredFileClash, FileStoreAway, TenantNeverQuiet, DatabaseRefused.
    """
    with open_sound(path, say=say) as sound:
        manifest = sound.manifest
        found = _sha256(sound.stream)
        if sha256 not in ("", found):
            raise ArchiveNotTheListed(path=path)
        aim = take_aim(manifest, code=code, host=host, replace=replace, confirm=confirm)
        script = find_script(manifest)
        told = {"path": str(path), "sha256": found, "rows": manifest.rows, "files": manifest.files}
        with without_its_words(), connect(name=f"restore {aim.code}") as connection, _alone(connection, aim):
            with _scratch(connection, aim):
                shape = load(connection, sound, script, aim=aim, to_shape=to_shape, say=say)
                with _files(connection, sound, aim):
                    tenant, kept = swap_in(
                        aim, manifest, shape=shape, by=by, now=now, told=told, within=within
                    )
            if kept and drop_replaced:
                drop_schema(connection, kept)
                kept = ""
    return Restored(tenant, manifest.rows, manifest.files, kept, _is_listed(found))


@contextmanager
def _alone(connection: Connection, aim: Aim) -> Iterator[None]:
    """No second restore to the same place, and no upgrade of the tenant that is replaced."""
    with holding(connection, lock_key("restore", aim.schema), name=aim.name):
        if aim.living is None:
            yield
            return
        with holding(connection, tenant_lock(aim.living.id), name=aim.name):
            yield


@contextmanager
def _scratch(connection: Connection, aim: Aim) -> Iterator[None]:
    """What was loaded goes away with the work that fails; what a killed process leaves, the next one drops."""
    try:
        yield
    except BaseException:
        if not connection.closed:
            connection.rollback()
            drop_schema(connection, aim.scratch)
        raise


@contextmanager
def _files(connection: Connection, sound: Sound, aim: Aim) -> Iterator[None]:
    """The files under the tenant's key; those that were not there before go again when the work fails."""
    written: list[str] = []
    try:
        for claim, entry in sound.files():
            own = claim._replace(key=aim.schema + claim.key[len(sound.manifest.schema) :])
            if is_there(own):
                continue
            if _is_claimed_otherwise(connection, aim, own):
                raise StoredFileClash(key=own.key)
            written.append(own.key)
            put(own, Slice(sound.stream, entry))
        yield
    except BaseException:
        for key in written:
            take_away(key)
        raise


def _is_claimed_otherwise(connection: Connection, aim: Aim, claim: Claim) -> bool:
    """Damaged bytes are mended by an archive; bytes that the living tenant means otherwise are not touched."""
    if (
        aim.living is None or aim.living.dropped_at is not None
    ):  # of one that was dropped the row alone is left
        return False
    asked = sql.SQL("SELECT sha256 FROM {} WHERE key = %s").format(sql.Identifier(aim.schema, FILES_TABLE))
    row = connection.execute(asked, [claim.key]).fetchone()
    return row is not None and row[0] != claim.sha256


def _sha256(stream: BinaryIO) -> str:
    stream.seek(0)
    return hashlib.file_digest(cast(BufferedReader, stream), "sha256").hexdigest()


def _is_listed(sha256: str) -> bool:
    with central_context():
        return Archive.objects.filter(sha256=sha256).exists()
