"""The archives that the centre knows of: those of one tenant, and whether a file is still what was written."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from kernel.files.faults import words_of
from tenants.provisioning.archive.errors import ArchiveNotTheListed, ArchiveUnreadable
from tenants.provisioning.archive.places import place_of
from tenants.provisioning.archive.verifying import Sound, look_through
from tenants.provisioning.archive.writing import open_place
from tenants.provisioning.models import Archive
from tenants.registry.context import central_context
from tenants.registry.models import Tenant

_CHUNK = 1 << 22
Bytes = Callable[[int, int], None]


def list_archives(tenant: Tenant, *, before_id: int | None = None, limit: int = 30) -> list[Archive]:
    """Newest first; a keyset page by ``before_id``."""
    with central_context():
        archives = Archive.objects.filter(tenant_id=tenant.id).order_by("-id")
        if before_id is not None:
            archives = archives.filter(id__lt=before_id)
        return list(archives[:limit])


def find_archive(tenant: Tenant, archive_id: int) -> Archive | None:
    with central_context():
        return Archive.objects.filter(tenant_id=tenant.id, id=archive_id).first()


@contextmanager
def open_listed(archive: Archive, *, read: Bytes = lambda done, total: None) -> Iterator[Sound]:
    """The very file that was written: its hash is that of the list, and all of it is as its manifest says.

    A manifest vouches for itself only; the hash that the centre kept shows a file that somebody forged as a whole.
    Raises ArchiveUnreadable, ArchiveNotTheListed, ArchiveBroken.
    """
    place = place_of(archive.path)
    with open_place(place) as stream:
        try:
            require_listed(stream, archive.sha256, path=archive.path, read=read)
        except OSError as fault:
            raise ArchiveUnreadable(path=place, why=words_of(fault)) from fault
        yield look_through(stream, say=lambda line: None)


def require_listed(
    stream: BinaryIO, sha256: str, *, path: str, read: Bytes = lambda done, total: None
) -> None:
    digest, done = hashlib.sha256(), 0
    total = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    while piece := stream.read(_CHUNK):
        digest.update(piece)
        done += len(piece)
        read(done, total)
    if digest.hexdigest() != sha256:
        raise ArchiveNotTheListed(path=path)
