"""Every byte of an archive is looked at before anything is touched."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from tenants.provisioning.archive.carrying import gunzip
from tenants.provisioning.archive.container import Entry, Walk, read_member
from tenants.provisioning.archive.errors import ArchiveBroken
from tenants.provisioning.archive.manifest import (
    FILES,
    LARGEST_MANIFEST,
    MANIFEST,
    SEAL,
    Manifest,
    TableFacts,
    read_manifest,
)
from tenants.provisioning.archive.places import Place
from tenants.provisioning.archive.stored import FOLDER, Claim, read_list
from tenants.provisioning.archive.writing import open_place

_SAY_EVERY = 1000


class Sound(NamedTuple):
    """An archive that was looked through. ``parts`` are its members but the citizens' files."""

    stream: BinaryIO
    manifest: Manifest
    parts: dict[str, Entry]

    def rows_of(self, table: TableFacts) -> Iterator[bytes]:
        packed = read_member(self.stream, self.parts[table.member])
        return gunzip(packed, member=table.member, plain_bytes=table.plain_bytes)

    def files(self) -> Iterator[tuple[Claim, Entry]]:
        """Every claim of the list with its member; raises ArchiveBroken where they do not fit."""
        entries = (entry for entry in Walk(self.stream) if entry.name.startswith(FOLDER))
        count = size = 0
        for claim in self._claims():
            entry = next(entries, None)
            wanted = FOLDER + claim.key
            if entry is None or (entry.name, entry.size) != (wanted, claim.size):
                raise ArchiveBroken(member=wanted, why=_("không khớp với danh sách tệp"))
            if not claim.key.startswith(f"{self.manifest.schema}/"):
                raise ArchiveBroken(member=wanted, why=_("nằm ngoài thư mục của bộ, tỉnh này"))
            count, size = count + 1, size + claim.size
            yield claim, entry
        if next(entries, None) is not None or (count, size) != (
            self.manifest.files,
            self.manifest.file_bytes,
        ):
            raise ArchiveBroken(member=FILES, why=_("không khớp với các tệp trong này"))

    def _claims(self) -> Iterator[Claim]:
        packed = read_member(self.stream, self.parts[FILES])
        try:
            yield from read_list(gunzip(packed, member=FILES, plain_bytes=None))
        except ValueError:
            raise ArchiveBroken(member=FILES, why=_("không đọc được nội dung")) from None


@contextmanager
def open_sound(place: Place, *, say: Callable[[str], None]) -> Iterator[Sound]:
    """The archive, when all of it is as it was written. Raises ArchiveUnreadable, ArchiveBroken."""
    with open_place(place) as stream:
        yield look_through(stream, say=say)


def look_through(stream: BinaryIO, *, say: Callable[[str], None]) -> Sound:
    """Raises ArchiveBroken."""
    parts = _parts(stream)
    sound = Sound(stream, _sealed_manifest(stream, parts), parts)
    _check_parts(sound)
    _check_files(sound, say)
    return sound


def _parts(stream: BinaryIO) -> dict[str, Entry]:
    """The members but the citizens' files, which may be a million; in order, the manifest and its seal last."""
    parts: dict[str, Entry] = {}
    for entry in Walk(stream):
        if entry.name.startswith(FOLDER):
            if FILES in parts:
                raise ArchiveBroken(member=entry.name, why=_("nằm sai chỗ"))
            continue
        if entry.name in parts:
            raise ArchiveBroken(member=entry.name, why=_("có hai lần"))
        parts[entry.name] = entry
    if list(parts)[-3:] != [FILES, MANIFEST, SEAL]:
        raise ArchiveBroken(member=MANIFEST, why=_("không có trong tệp"))
    return parts


def _sealed_manifest(stream: BinaryIO, parts: dict[str, Entry]) -> Manifest:
    if parts[MANIFEST].size > LARGEST_MANIFEST:
        raise ArchiveBroken(member=MANIFEST, why=_("lớn bất thường"))
    raw = b"".join(read_member(stream, parts[MANIFEST]))
    seal = f"{hashlib.sha256(raw).hexdigest()}  {MANIFEST}\n".encode()
    if parts[SEAL].size != len(seal) or b"".join(read_member(stream, parts[SEAL])) != seal:
        raise ArchiveBroken(member=MANIFEST, why=_("không khớp với mã SHA-256 của nó"))
    manifest = read_manifest(raw)
    if list(parts) != [*(one.name for one in manifest.members), MANIFEST, SEAL]:
        raise ArchiveBroken(member=MANIFEST, why=_("không kê đúng các phần có trong tệp"))
    return manifest


def _check_parts(sound: Sound) -> None:
    for one in sound.manifest.members:
        _check(sound.stream, sound.parts[one.name], one.size, one.sha256)
    for table in sound.manifest.tables:
        digest = hashlib.sha256()
        for piece in sound.rows_of(table):
            digest.update(piece)
        if digest.hexdigest() != table.sha256:
            raise ArchiveBroken(member=table.member, why=_("các hàng không khớp với mã SHA-256 đã ghi"))


def _check_files(sound: Sound, say: Callable[[str], None]) -> None:
    for number, (claim, entry) in enumerate(sound.files(), start=1):
        _check(sound.stream, entry, claim.size, claim.sha256)
        if number % _SAY_EVERY == 0:
            say(f"  {FOLDER}: {number}/{sound.manifest.files}")


def _check(stream: BinaryIO, entry: Entry, size: int, sha256: str) -> None:
    digest = hashlib.sha256()
    for piece in read_member(stream, entry):
        digest.update(piece)
    if (entry.size, digest.hexdigest()) != (size, sha256):
        raise ArchiveBroken(member=entry.name, why=_("không khớp với mã SHA-256 đã ghi"))
