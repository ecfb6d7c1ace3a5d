"""What a command asks for, heard and answered."""

import os
import socket
from contextlib import suppress
from dataclasses import dataclass, field

from project.standby import asking
from project.standby.sameness import Asked

_STANDARD_FILES = 3
_LONGEST_BYTES = 4 * 1024 * 1024  # of a request; Linux takes no longer words and environments


@dataclass(slots=True)
class Heard:
    """``files``: copies of the standard ones of who asks, once he wants it done."""

    line: socket.socket
    asked: Asked
    files: list[int] = field(default_factory=list)

    def agrees(self) -> bool:
        """Whether the command, told that it may be done, wants it done: from here on it does nothing itself."""
        try:
            self.line.sendall(asking.READY)
            answer, self.files, _flags, _address = socket.recv_fds(self.line, len(asking.GO), _STANDARD_FILES)
        except OSError:
            return False
        for descriptor in self.files:
            os.set_inheritable(descriptor, False)  # a program that begins anew would hold them for good
        return answer == asking.GO and len(self.files) == _STANDARD_FILES

    def decline(self, why: str) -> None:
        with suppress(OSError):
            self.line.sendall(asking.DECLINED + why.encode())

    def close_files(self) -> None:
        for descriptor in self.files:
            os.close(descriptor)
        self.files = []

    def close(self) -> None:
        self.close_files()
        self.line.close()


def hear(line: socket.socket) -> Heard:
    """Raises OSError when who asks is not one of the person's own or is gone, ValueError for another language."""
    line.settimeout(asking.PATIENCE_SECONDS)
    if asking.user_of(line) != os.geteuid():
        raise PermissionError
    length = int.from_bytes(_receive(line, asking.LENGTH_BYTES), "big")
    if not 0 < length <= _LONGEST_BYTES:
        raise ValueError("not a request")
    return Heard(line, _read(_receive(line, length)))


def _receive(line: socket.socket, length: int) -> bytes:
    told = bytearray()
    while len(told) < length:
        more = line.recv(length - len(told))
        if not more:
            raise ConnectionError
        told += more
    return bytes(told)


def _read(told: bytes) -> Asked:
    root, prefix, umask, folder, count, *rest = (os.fsdecode(field) for field in told.split(b"\0"))
    words, environment = rest[: int(count)], rest[int(count) :]
    return Asked(root, prefix, int(umask), folder, words, dict(entry.split("=", 1) for entry in environment))
