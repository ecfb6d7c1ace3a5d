"""The tar that an archive is: written in one go, read back strictly.

There is one way in which each byte of it may stand: plain files alone, in a
fixed order, headers without owner or right to choose, zeros as padding, nothing
after the end. So a changed byte is found wherever it is, and a tar that somebody
else made (links, folders, names that lead elsewhere) is refused by its first header.
"""

import hashlib
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from tenants.provisioning.archive.errors import ArchiveBroken

BLOCK = 512
LONGEST_NAME = 100  # bytes in the header's own place; a longer one would need a second header
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_END = bytes(2 * BLOCK)


class Written(NamedTuple):
    """A member as the manifest names it. ``size`` in bytes, ``sha256`` of them."""

    name: str
    size: int
    sha256: str


class Entry(NamedTuple):
    """A member that was found: ``offset`` is where its bytes begin."""

    name: str
    size: int
    offset: int


def is_name(name: str) -> bool:
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None and ".." not in name


def _header(name: str, size: int, moment: int) -> bytes:
    if not is_name(name):
        raise ValueError(f"not a name for a member: {name!r}")
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, moment, 0o600
    return info.tobuf(format=tarfile.GNU_FORMAT, encoding="ascii")


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


class Member:
    """Takes the bytes of one member."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        self._sink.write(data)
        self._digest.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Writer:
    """``sink`` can seek: how long a compressed member becomes is known only when it is written.

    ``moment`` is the time that every member carries, in seconds since 1970.
    """

    def __init__(self, sink: BinaryIO, *, moment: int) -> None:
        self._sink, self._moment = sink, moment
        self.written: list[Written] = []

    @contextmanager
    def member(self, name: str) -> Iterator[Member]:
        start = self._sink.tell()
        self._sink.write(_header(name, 0, self._moment))
        member = Member(self._sink)
        yield member
        self._sink.write(_padding(member.size))
        end = self._sink.tell()
        self._sink.seek(start)
        self._sink.write(_header(name, member.size, self._moment))
        self._sink.seek(end)
        self.written.append(Written(name, member.size, member.sha256))

    def add(self, name: str, data: bytes) -> Written:
        with self.member(name) as member:
            member.write(data)
        return self.written[-1]

    def end(self) -> None:
        self._sink.write(_END)


class Walk:
    """The members of an archive, header by header; ``moment`` is the time that they carry.

    Raises ArchiveBroken at whatever is not as Writer writes it. A size is
    compared with what is left of the file before anything goes by it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._length = os.fstat(stream.fileno()).st_size
        self.moment: int | None = None

    def __iter__(self) -> Iterator[Entry]:
        position, last = 0, "?"
        while True:
            header = self._read(position, BLOCK, last)
            if header == bytes(BLOCK):
                break
            entry = self._entry(header, position + BLOCK, last)
            end = entry.offset + entry.size
            padding = _padding(entry.size)
            if end + len(padding) + len(_END) > self._length:
                raise ArchiveBroken(member=entry.name, why=_("tệp bị cắt cụt"))
            if self._read(end, len(padding), entry.name) != padding:
                raise ArchiveBroken(member=entry.name, why=_("phần đệm bị sửa"))
            yield entry
            position, last = end + len(padding), entry.name
        if self._read(position, len(_END), last) != _END or position + len(_END) != self._length:
            raise ArchiveBroken(member=last, why=_("có dữ liệu thừa hoặc thiếu sau tệp này"))

    def _entry(self, header: bytes, offset: int, last: str) -> Entry:
        try:
            info = tarfile.TarInfo.frombuf(header, "ascii", "strict")
            again = _header(info.name, info.size, int(info.mtime))
        except (tarfile.HeaderError, ValueError, UnicodeError):
            again = b""
        if again != header or info.size < 0 or self.moment not in (None, int(info.mtime)):
            raise ArchiveBroken(member=last, why=_("phần đầu của tệp kế tiếp không đúng"))
        self.moment = int(info.mtime)
        return Entry(info.name, info.size, offset)

    def _read(self, position: int, size: int, last: str) -> bytes:
        self._stream.seek(position)
        found = self._stream.read(size)
        if len(found) != size:
            raise ArchiveBroken(member=last, why=_("tệp bị cắt cụt"))
        return found


def read_member(stream: BinaryIO, entry: Entry, *, chunk: int = 1 << 20) -> Iterator[bytes]:
    """The bytes of one member, never more than ``chunk`` at a time; others may read of the stream in between."""
    position, end = entry.offset, entry.offset + entry.size
    while position < end:
        stream.seek(position)
        data = stream.read(min(chunk, end - position))
        if not data:
            raise ArchiveBroken(member=entry.name, why=_("tệp bị cắt cụt"))
        position += len(data)
        yield data
