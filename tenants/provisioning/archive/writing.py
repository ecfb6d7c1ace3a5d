"""An archive that is there whole or not at all, and its bytes back."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _

from kernel.files.faults import words_of
from tenants.provisioning.archive.errors import (
    ArchiveBeingWritten,
    ArchiveExists,
    ArchiveNotWritten,
    ArchiveUnreadable,
)
from tenants.provisioning.archive.places import Place, Remote


class Whole(Protocol):
    """``settle`` brings what the sink took to where it will lie, ``keep`` gives it its name there."""

    sink: BinaryIO

    def settle(self) -> None: ...

    def keep(self) -> None: ...


@contextmanager
def whole(place: Place, *, tenant: str) -> Iterator[Whole]:
    """Raises ArchiveExists, ArchiveBeingWritten, ArchiveNotWritten; then nothing is left there."""
    if isinstance(place, Remote):
        # Imported late: boto3 takes half a second, and most archives go to a disk.
        from tenants.provisioning.archive.remote import whole_object

        with whole_object(place, tenant=tenant) as upload:
            yield upload
        return
    with whole_file(place, tenant=tenant) as file:
        yield file


@contextmanager
def open_place(place: Place) -> Iterator[BinaryIO]:
    """The bytes of an archive, where one may seek. Raises ArchiveUnreadable."""
    if isinstance(place, Remote):
        # Imported late: see above.
        from tenants.provisioning.archive.remote import fetched

        with fetched(place) as held:
            yield held
        return
    try:
        stream = place.open("rb")
    except OSError as fault:
        raise ArchiveUnreadable(path=place, why=words_of(fault)) from fault
    with stream:
        yield stream


class LocalFile:
    def __init__(self, path: Path, sink: BinaryIO) -> None:
        self._path, self.sink = path, sink

    def settle(self) -> None:
        """On the disk first."""
        self.sink.flush()
        os.fsync(self.sink.fileno())

    def keep(self) -> None:
        """Then under its name, and the name on the disk."""
        os.rename(_part_of(self._path), self._path)
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def whole_file(path: Path, *, tenant: str) -> Iterator[LocalFile]:
    """Written as ``<path>.part``, for its owner's eyes alone; ``keep`` gives it its name.

    Whatever ends the block before, a full disk above all, takes the part away.
    One that a killed process left is written anew. Raises ArchiveExists,
    ArchiveBeingWritten, ArchiveNotWritten.
    """
    if path.exists():
        raise ArchiveExists(path=path)
    if not path.parent.is_dir():  # not made for him: an empty folder may be the disk that nobody has mounted
        why = _("chưa có thư mục {folder}, hãy tạo trước").format(folder=path.parent)
        raise ArchiveNotWritten(path=path, why=why, tenant=tenant)
    part = _part_of(path)
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise ArchiveNotWritten(path=path, why=words_of(fault), tenant=tenant) from fault
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise ArchiveBeingWritten(path=path) from None
    try:
        with os.fdopen(descriptor, "w+b", buffering=1 << 20) as sink:
            os.fchmod(descriptor, 0o600)
            sink.truncate()
            yield LocalFile(path, sink)
    except BaseException as fault:
        part.unlink(missing_ok=True)
        if isinstance(fault, OSError):
            raise ArchiveNotWritten(path=path, why=words_of(fault), tenant=tenant) from fault
        raise


def _part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")
