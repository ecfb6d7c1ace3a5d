"""Finding files, and opening them for whoever was let through."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO
from uuid import UUID

import structlog
from django.core.files.storage import default_storage

from kernel.actors import Actor
from kernel.files.errors import FileAbsent, FileStoreAway
from kernel.files.faults import words_of
from kernel.files.models import StoredFile

log = structlog.get_logger(__name__)
_key_guard: Callable[[str], str] | None = None


def set_key_guard(guard: Callable[[str], str]) -> None:
    """Wired once by the roof: hands a key back if it is the tenant's own, and raises otherwise."""
    global _key_guard
    _key_guard = guard


@dataclass(frozen=True, slots=True)
class FileForServing:
    """``stream`` is open; whoever serves it closes it."""

    stream: IO[bytes]
    name: str
    content_type: str
    size: int


def find_own_files(*, public_ids: list[str], by: Actor) -> dict[str, int]:
    """Public id → key of those that this very actor has uploaded; others are left out."""
    rows = StoredFile.objects.filter(public_id__in=public_ids, created_by_kind=by.kind, created_by_id=by.id)
    return {str(public_id): key for public_id, key in rows.values_list("public_id", "id")}


def get_file(public_id: UUID | str) -> StoredFile:
    """Raises FileAbsent. Says nothing about who may read it: the caller has asked that."""
    row = StoredFile.objects.filter(public_id=public_id).first()
    if row is None:
        raise FileAbsent
    return row


def get_file_by_key(file_id: int) -> StoredFile:
    """The same for a row that points to it. Raises FileAbsent."""
    row = StoredFile.objects.filter(id=file_id).first()
    if row is None:
        raise FileAbsent
    return row


def open_file(row: StoredFile) -> FileForServing:
    """The storage knows no tenants: a row that came to point to another's bytes is refused here.

    Raises FileStoreAway when the storage does not answer, FileNotFoundError when it has lost the bytes.
    """
    if _key_guard is None:
        raise RuntimeError("no key guard is wired: bytes could be read across tenants")
    key = _key_guard(row.key)
    try:
        stream = default_storage.open(key, "rb")
    except FileNotFoundError:
        raise
    except OSError as fault:
        log.error("file_not_read", key=key, why=words_of(fault))
        raise FileStoreAway(name=row.name) from fault
    return FileForServing(stream, row.name, row.content_type, row.size)
