"""The fingerprint of a file, taken while it is read."""

import hashlib
from typing import BinaryIO


class Digest:
    """The lines of a stream, and the fingerprint of those that were read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._hash = stream, hashlib.sha256()

    def readline(self, size: int = -1) -> bytes:
        raw = self._stream.readline(size)
        self._hash.update(raw)
        return raw

    def hexdigest(self) -> str:
        return self._hash.hexdigest()
