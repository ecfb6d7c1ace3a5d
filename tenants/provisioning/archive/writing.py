"""A file that is there whole or not at all."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedRandom
from pathlib import Path

from django.utils.translation import gettext as _

from kernel.files.faults import words_of
from tenants.provisioning.archive.errors import ArchiveBeingWritten, ArchiveExists, ArchiveNotWritten


@contextmanager
def whole_file(path: Path, *, tenant: str) -> Iterator[BufferedRandom]:
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
            yield sink
    except BaseException as fault:
        part.unlink(missing_ok=True)
        if isinstance(fault, OSError):
            raise ArchiveNotWritten(path=path, why=words_of(fault), tenant=tenant) from fault
        raise


def keep(path: Path, sink: BufferedRandom) -> None:
    """On the disk first, then under its name, and the name on the disk."""
    sink.flush()
    os.fsync(sink.fileno())
    os.rename(_part_of(path), path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")
