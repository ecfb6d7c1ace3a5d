"""Taking files in."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kernel.actors import Actor
from kernel.files import kinds
from kernel.files.errors import FileEmpty, FileNotKept, FileNotWhatItSays, FileTooLarge, FileTypeRefused
from kernel.files.faults import words_of
from kernel.files.models import StoredFile
from kernel.ids import uuid7

log = structlog.get_logger(__name__)
_key_maker: Callable[..., str] | None = None
_other_claims: Callable[[str], set[str]] | None = None


def set_key_maker(maker: Callable[..., str]) -> None:
    """Wired once by the roof: turns plain names into a key that carries the tenant."""
    global _key_maker
    _key_maker = maker


def set_other_claims(finder: Callable[[str], set[str]]) -> None:
    """Wired once by the roof: keys below a folder that rows outside of the tenant's own schema still claim."""
    global _other_claims
    _other_claims = finder


@transaction.atomic
def store(*, upload: UploadedFile, by: Actor, now: datetime) -> StoredFile:
    """Check a file by size, real type and allow-list, and keep it under the tenant's key.

    The bytes are written before the row, so that a row never points to
    nothing; a row that cannot be written takes them away again, and bytes whose
    transaction was rolled back later are found by remove_unclaimed. Raises
    FileEmpty, FileTooLarge, FileTypeRefused, FileNotWhatItSays, FileNotKept.
    """
    name = kinds.clean_name(upload.name or "")
    content_type = _check(upload, name)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    public_id = uuid7()
    key = _keep(_key(*_day(now), public_id.hex), upload, name)
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                public_id=public_id,
                name=name,
                size=upload.size or 0,
                content_type=content_type,
                sha256=digest.hexdigest(),
                key=key,
                created_at=now,
                created_by_kind=by.kind,
                created_by_id=by.id,
                created_by_name=by.name,
            )
    except BaseException:
        with suppress(OSError):  # the storage went away meanwhile: remove_unclaimed finds them
            default_storage.delete(key)
        raise


def _keep(key: str, upload: UploadedFile, name: str) -> str:
    try:
        return default_storage.save(key, upload)
    except OSError as fault:  # a full disk, a bucket that is away
        log.error("file_not_kept", why=words_of(fault))
        raise FileNotKept(field="file", name=name) from fault


def remove_unclaimed(*, now: datetime) -> int:
    """Delete bytes that no row claims, and say how many: their transaction was rolled back, or its process died.

    Looks at the folders of two to four days ago: no transaction is open that
    long, and a worker that was away for a day misses nothing.
    """
    removed = 0
    for days in range(2, 5):
        folder = _key(*_day(now - timedelta(days=days)))
        try:
            _, names = default_storage.listdir(folder)
        except FileNotFoundError:
            continue
        found = {f"{folder}/{name}" for name in names}
        claimed = StoredFile.objects.filter(key__startswith=f"{folder}/").values_list("key", flat=True)
        unclaimed = found.difference(claimed)
        if unclaimed and _other_claims is not None:
            unclaimed -= _other_claims(folder)
        for key in unclaimed:
            default_storage.delete(key)
            removed += 1
    return removed


def _day(moment: datetime) -> tuple[str, str, str]:
    utc = moment.astimezone(UTC)
    return f"{utc:%Y}", f"{utc:%m}", f"{utc:%d}"


def _key(*parts: str) -> str:
    if _key_maker is None:
        raise RuntimeError("no key maker is wired: files would not carry their tenant")
    return _key_maker(*parts)


def _check(upload: UploadedFile, name: str) -> str:
    size = upload.size or 0
    if size == 0:
        raise FileEmpty(field="file", name=name)
    if size > settings.UPLOAD_LARGEST_BYTES:
        raise FileTooLarge(field="file", name=name, limit=settings.UPLOAD_LARGEST_BYTES // (1024 * 1024))
    content_type = kinds.real_type(upload)
    if content_type is None:
        raise FileTypeRefused(field="file", name=name, allowed=kinds.ALLOWED_WORDS)
    if not kinds.agrees(name, content_type):
        raise FileNotWhatItSays(field="file", name=name)
    return content_type
