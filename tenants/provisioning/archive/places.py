"""Where an archive lies: a file of this machine, or an object in a bucket, written ``s3://bucket/key``."""

import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from tenants.provisioning.archive.errors import PlaceRefused

_SCHEME = "s3://"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
BESIDE_FILES = "archives/"


class Remote(NamedTuple):
    bucket: str
    key: str

    def __str__(self) -> str:
        return f"{_SCHEME}{self.bucket}/{self.key}"


Place = Path | Remote


def read_place(text: str) -> Place:
    """Raises PlaceRefused.

    In the bucket of the citizens' files an archive stands under ``archives/``, where no tenant's files are:
    what is swept or dropped there is swept by the tenant's own prefix.
    """
    if not text.startswith(_SCHEME):
        return Path(text).resolve()
    bucket, _slash, key = text.removeprefix(_SCHEME).partition("/")
    if not _BUCKET.fullmatch(bucket) or not _KEY.fullmatch(key) or len(text) > 500:
        raise PlaceRefused(place=text)
    of_files = settings.STORAGES["default"].get("OPTIONS", {}).get("bucket_name")
    if bucket == of_files and not key.startswith(BESIDE_FILES):
        raise PlaceRefused(place=text)
    return Remote(bucket, key)


def place_of(path: str) -> Place:
    """Of an archive that the centre has written down: it was read once."""
    if not path.startswith(_SCHEME):
        return Path(path)
    bucket, _slash, key = path.removeprefix(_SCHEME).partition("/")
    return Remote(bucket, key)
