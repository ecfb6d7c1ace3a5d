"""The bytes of a file under the key of the tenant that stays."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.storage import default_storage

from kernel.files.faults import words_of
from tenants.provisioning.merging.errors import FileMissing, FileStoreAway
from tenants.provisioning.merging.plan import Pair, Row


def new_file_key(pair: Pair, key: str) -> str:
    """``h08/2026/11/25/x`` → ``h21/2026/11/25/x``."""
    return f"{pair.into_schema}/{key.removeprefix(f'{pair.from_schema}/')}"


@contextmanager
def _asking_the_store() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise FileStoreAway(why=words_of(fault)) from fault


def copy_bytes(pair: Pair, row: Row, columns: tuple[str, str]) -> str:
    """Copy, unless whole bytes lie there already: a batch that was cut off is carried again.

    Raises FileMissing when the bytes of before are not there, or are not what the row says; FileStoreAway.
    """
    old, wanted = row[columns[0]], row[columns[1]]
    new = new_file_key(pair, old)
    with _asking_the_store():
        if default_storage.exists(new):
            if digest_of(new) == wanted:
                return new
            default_storage.delete(new)
        if not old.startswith(f"{pair.from_schema}/") or digest_of(old) != wanted:
            raise FileMissing(public_id=row.get("public_id", row["id"]))
        with default_storage.open(old, "rb") as source:
            saved = default_storage.save(new, source)
        if saved != new or digest_of(new) != wanted:
            default_storage.delete(saved)
            raise FileMissing(public_id=row.get("public_id", row["id"]))
    return new


def digest_of(key: str) -> str | None:
    """SHA-256 in hexadecimal; None when there are no bytes. Raises FileStoreAway."""
    digest = hashlib.sha256()
    with _asking_the_store():
        try:
            source = default_storage.open(key, "rb")
        except FileNotFoundError:
            return None
        with source:
            for chunk in iter(lambda: source.read(1 << 20), b""):
                digest.update(chunk)
    return digest.hexdigest()
