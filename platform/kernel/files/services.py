"""Taking files in."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kernel.actors import Actor
from kernel.files import kinds
from kernel.files.errors import FileEmpty, FileNotWhatItSays, FileTooLarge, FileTypeRefused
from kernel.files.models import StoredFile
from kernel.ids import uuid7

_key_maker: Callable[..., str] | None = None


def set_key_maker(maker: Callable[..., str]) -> None:
    """Wired once by the roof: turns plain names into a key that carries the tenant."""
    global _key_maker
    _key_maker = maker


@transaction.atomic
def store(*, upload: UploadedFile, by: Actor, now: datetime) -> StoredFile:
    """Check a file by size, real type and allow-list, and keep it under the tenant's key.

    The bytes are written before the row, so that a row never points to
    nothing; a row that cannot be written takes them away again. Raises
    FileEmpty, FileTooLarge, FileTypeRefused, FileNotWhatItSays.
    """
    name = kinds.clean_name(upload.name or "")
    content_type = _check(upload, name)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    public_id = uuid7()
    key = default_storage.save(_key(public_id, now), upload)
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                public_id=public_id,
                name=name,
                size=upload.size,
                content_type=content_type,
                sha256=digest.hexdigest(),
                key=key,
                created_at=now,
                created_by_kind=by.kind,
                created_by_id=by.id,
                created_by_name=by.name,
            )
    except BaseException:
        default_storage.delete(key)
        raise


def _key(public_id: UUID, now: datetime) -> str:
    if _key_maker is None:
        raise RuntimeError("no key maker is wired: files would not carry their tenant")
    return _key_maker(f"{now:%Y}", f"{now:%m}", public_id.hex)


def _check(upload: UploadedFile, name: str) -> str:
    size = upload.size or 0
    if size == 0:
        raise FileEmpty(field="file", name=name)
    if size > settings.UPLOAD_LARGEST_BYTES:
        raise FileTooLarge(field="file", name=name, limit=settings.UPLOAD_LARGEST_BYTES // (1024 * 1024))
    content_type = kinds.real_type(upload.file)
    if content_type is None:
        raise FileTypeRefused(field="file", name=name, allowed=kinds.ALLOWED_WORDS)
    if not kinds.agrees(name, content_type):
        raise FileNotWhatItSays(field="file", name=name)
    return content_type
