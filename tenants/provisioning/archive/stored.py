"""The citizens' files: out of the storage into an archive, and back.

Only keys that rows of the tenant claim, and only under the tenant's own prefix.
Everything goes through Django's storage, so disk and S3 are alike.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, BinaryIO, NamedTuple, cast

import psycopg
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from psycopg import sql

from kernel.files.faults import words_of
from tenants.provisioning.archive import manifest
from tenants.provisioning.archive.carrying import FILES_TABLE, gathered, gzip
from tenants.provisioning.archive.container import Entry, Member, Writer, Written, is_name
from tenants.provisioning.archive.errors import ArchiveBroken, FileStoreAway, StoredFileLost
from tenants.registry.models import Tenant

FOLDER = "files/"
_CHUNK = 1 << 20
_SAY_EVERY = 1000


class Claim(NamedTuple):
    """What a row says of its bytes."""

    key: str
    size: int
    sha256: str


@contextmanager
def _asking_the_store() -> Iterator[None]:
    """For what is asked of the store alone: an archive that cannot be written is another failure."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as fault:
        raise FileStoreAway(why=words_of(fault)) from fault


def write_files(
    archive: Writer, connection: psycopg.Connection[Any], tenant: Tenant, say: Callable[[str], None]
) -> tuple[int, int]:
    """Every file that the snapshot's rows claim, in the order of the rows; says how many, and their bytes.

    Raises StoredFileLost when the storage has not what a row says: an archive with a hole is no archive.
    """
    count = size = 0
    asked = sql.SQL("SELECT key, size, sha256 FROM {} ORDER BY id").format(
        sql.Identifier(tenant.schema_name, FILES_TABLE)
    )
    with connection.cursor(name="files") as cursor:
        for row in cursor.execute(asked):
            claim = Claim(*row)
            lost = StoredFileLost(key=claim.key, tenant=tenant.name)
            if not claim.key.startswith(f"{tenant.schema_name}/") or not is_name(FOLDER + claim.key):
                raise lost
            with archive.member(FOLDER + claim.key) as member:
                if not _pour(claim, member):
                    raise lost
            count, size = count + 1, size + claim.size
            if count % _SAY_EVERY == 0:
                say(f"  {FOLDER}: {count}")
    if count:
        say(f"  {FOLDER}: {count}")
    return count, size


def _pour(claim: Claim, member: Member) -> bool:
    """False when the storage has other bytes, or none. Reading stops at what was claimed."""
    source = _opened(claim)
    if source is None:
        return False
    with source:
        while data := _read(source):
            if member.size + len(data) > claim.size:
                return False
            member.write(data)
    return (member.size, member.sha256) == (claim.size, claim.sha256)


def _opened(claim: Claim) -> File | None:
    try:
        with _asking_the_store():
            return default_storage.open(claim.key, "rb")
    except FileNotFoundError:
        return None


def _read(source: File) -> bytes:
    with _asking_the_store():
        return bytes(source.read(_CHUNK))


def write_list(archive: Writer, connection: psycopg.Connection[Any], schema: str) -> Written:
    listing = sql.SQL(
        "COPY (SELECT key, size, sha256 FROM {} ORDER BY id) TO STDOUT (FORMAT csv, HEADER true)"
    ).format(sql.Identifier(schema, FILES_TABLE))
    with (
        archive.member(manifest.FILES) as member,
        connection.cursor() as cursor,
        cursor.copy(listing) as copy,
    ):
        for piece in gzip(gathered(copy)):
            member.write(piece)
    return archive.written[-1]


def read_list(pieces: Iterator[bytes]) -> Iterator[Claim]:
    """The rows of the list; raises ValueError at what is not one."""
    rows = csv.reader(_lines(pieces))
    if next(rows, None) != list(Claim._fields):
        raise ValueError("not a list of files")
    for row in rows:
        key, size, sha256 = row
        yield Claim(key, int(size), sha256)


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    left = b""
    for piece in pieces:
        *whole, left = (left + piece).split(b"\n")
        for line in whole:
            yield f"{line.decode('ascii')}\n"
    if left:
        yield left.decode("ascii")


class Slice(io.RawIOBase):
    """One member of an archive as a file of its own. ``sha256`` is of what was read through, from its start."""

    def __init__(self, stream: BinaryIO, entry: Entry) -> None:
        self._stream, self._entry = stream, entry
        self._position, self._hashed, self._digest = 0, 0, hashlib.sha256()
        self.size = entry.size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        self._position = min(max(base + offset, 0), self.size)
        return self._position

    def readinto(self, buffer: Any) -> int:
        self._stream.seek(self._entry.offset + self._position)
        data = self._stream.read(min(len(buffer), self.size - self._position))
        if self._position <= self._hashed < self._position + len(data):
            self._digest.update(data[self._hashed - self._position :])
            self._hashed = self._position + len(data)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def is_there(claim: Claim) -> bool:
    """The storage has these very bytes already."""
    source = _opened(claim)
    if source is None:
        return False
    digest = hashlib.sha256()
    with source:
        if source.size != claim.size:
            return False
        while data := _read(source):
            digest.update(data)
    return digest.hexdigest() == claim.sha256


def put(claim: Claim, content: Slice) -> None:
    """Bytes under exactly this key. What a cut-off run left there makes room."""
    with _asking_the_store():
        if default_storage.exists(claim.key):
            default_storage.delete(claim.key)
        kept = default_storage.save(claim.key, File(cast(IO[bytes], content), name=claim.key))
    if kept != claim.key or content.sha256 != claim.sha256:
        take_away(kept)
        raise ArchiveBroken(member=FOLDER + claim.key, why=_("nội dung bị đổi trong lúc khôi phục"))


def take_away(key: str) -> None:
    """What no row claims. A store that has gone away keeps it, and the next run finds it there."""
    with suppress(OSError):
        default_storage.delete(key)
