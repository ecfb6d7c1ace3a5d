"""The side of the command. Nothing of Django is loaded here and little of Python: this is paid before all else.

On the wire, after the length in four bytes, stand fields parted by NUL: where
manage.py stands, which Python, umask, folder, the number of words, the words,
the environment. The other side answers with one byte, and only after GO does it
do anything: who waits in vain does the work himself, and nothing is done twice.
With GO come the three standard files, and not before: whoever does not work must
not hold them. Then it tells two numbers, the process that works and how that one
ended.
"""

import os
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from types import FrameType

VARIABLE = "STANDBY"  # the path of the socket; without it nobody is asked
COMMAND = "standby"
READY, DECLINED, GO = b"+", b"-", b"!"
PATIENCE_SECONDS = 2.0  # to be told READY or DECLINED; nothing has been done then
LENGTH_BYTES = 4
_STANDARD_FILES = 3
_NUMBER = struct.Struct("!i")
_PEER = struct.Struct("3i")  # struct ucred of unix(7): process, user, group
_PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
_LOST = "Tiến trình trực đã mất giữa chừng: không biết lệnh này kết thúc ra sao. Hãy xem lại trước khi chạy lại.\n"


class NobodyThere(Exception):
    """No socket, nobody behind it, or not one of ours."""


def ask(words: list[str], root: str) -> int | None:
    """The exit code of ``manage.py`` with ``words`` (its name first), or None: nothing was done, do it yourself.

    ``root``: the folder that manage.py stands in.
    """
    path = os.environ.get(VARIABLE)
    if not path or words[1:2] == [COMMAND] or _has_flags(words):
        return None
    try:
        with call(path) as line:
            # With a standard file closed the line has its place: `manage.py … <&-`.
            if line.fileno() < _STANDARD_FILES or request(line, words, root, os.environ) != READY:
                return None
            _hand_over(line)
            return _let_it_work(line)
    except NobodyThere:
        return None


def call(path: str) -> socket.socket:
    """Raises NobodyThere. Words and secrets are told to nobody but the person's own process."""
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE_SECONDS)
    try:
        line.connect(path)
        ours = user_of(line) == os.geteuid()
    except OSError:
        ours = False
    if not ours:
        line.close()
        raise NobodyThere
    return line


def request(line: socket.socket, words: list[str], root: str, environment: Mapping[str, str]) -> bytes:
    """READY, or DECLINED with a reason behind it. Raises NobodyThere."""
    umask = os.umask(0o077)
    os.umask(umask)
    try:
        fields = [
            root, sys.prefix, str(umask), os.getcwd(), str(len(words)), *words,
            *(f"{name}={value}" for name, value in environment.items()),
        ]  # fmt: skip
        told = b"\0".join(os.fsencode(field) for field in fields)
        line.sendall(_NUMBER.pack(len(told)) + told)
        return line.recv(1)
    except OSError:
        raise NobodyThere from None


def user_of(line: socket.socket) -> int:
    """Whose process is at the other end of a Unix socket."""
    _process, user, _group = _PEER.unpack(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
    return int(user)


def send_number(line: socket.socket, number: int) -> None:
    line.sendall(_NUMBER.pack(number))


def _receive_number(line: socket.socket) -> int:
    """Raises OSError when the other side is gone."""
    taken = b""
    while len(taken) < _NUMBER.size:
        more = line.recv(_NUMBER.size - len(taken))
        if not more:
            raise ConnectionError
        taken += more
    return int(_NUMBER.unpack(taken)[0])


def _has_flags(words: list[str]) -> bool:
    """``python -W error manage.py``: flags of Python that the other process does not have."""
    return len(sys.orig_argv) != len(words) + 1


def _hand_over(line: socket.socket) -> None:
    """From here on the command is the other's. Raises NobodyThere when it is not, because the other one is gone."""
    line.settimeout(None)
    try:
        socket.send_fds(line, [GO], list(range(_STANDARD_FILES)))
    except OSError:
        raise NobodyThere from None


def _let_it_work(line: socket.socket) -> int:
    """Signals are passed on, and its end is ours."""
    early: list[int] = []  # signals of before we know whom to tell
    worker = 0

    def pass_on(number: int, frame: FrameType | None = None) -> None:
        if not worker:
            early.append(number)
            return
        try:  # noqa: SIM105 - contextlib is not loaded for this
            os.kill(worker, number)
        except ProcessLookupError:  # it has just ended, as we shall hear
            pass

    for caught in _PASSED_ON:
        if signal.getsignal(caught) is not signal.SIG_IGN:  # nohup
            signal.signal(caught, pass_on)
    try:
        worker = _receive_number(line)
        for number in early:
            pass_on(number)
        status = _receive_number(line)
    except OSError:
        sys.stderr.write(_LOST)
        return 1
    if status < 0:  # ended by a signal: so do we, as the shell expects
        if -status in _PASSED_ON:  # the others cannot be caught
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    return status
