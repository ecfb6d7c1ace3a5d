"""The socket, where only the person's own processes come in."""

import fcntl
import os
import socket
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

_OTHERS_WRITE = 0o022


class CannotStandBy(Exception):
    """The message says why."""


def take_lock(path: Path) -> IO[str]:
    """Held as long as the file is open: there is one who stands by at a path. Raises CannotStandBy."""
    if not path.is_absolute():
        raise CannotStandBy(_("{path} phải là đường dẫn đầy đủ.").format(path=path))
    try:
        folder = path.parent.stat()
        if folder.st_uid != os.geteuid() or folder.st_mode & _OTHERS_WRITE:
            raise CannotStandBy(
                _("Thư mục {folder} phải thuộc về người chạy lệnh này và không ai khác ghi được vào.").format(
                    folder=path.parent
                )
            )
        lock = Path(f"{path}.lock").open("w")  # noqa: SIM115 - held by the caller
    except OSError as error:
        raise CannotStandBy(
            _("Không dùng được thư mục {folder}: {why}.").format(folder=path.parent, why=error.strerror)
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise CannotStandBy(_("Đã có một tiến trình trực ở {path}.").format(path=path)) from None
    return lock


def listen(path: Path) -> socket.socket:
    """By whoever has the lock. Raises CannotStandBy."""
    listener = socket.socket(socket.AF_UNIX)
    path.unlink(missing_ok=True)  # of one that was killed
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    except OSError as error:  # a path of more than 107 characters, above all
        listener.close()
        raise CannotStandBy(_("Không mở được {path}: {why}.").format(path=path, why=error)) from None
    finally:
        os.umask(before)
    listener.listen()
    return listener


def close_door(listener: socket.socket, path: Path) -> None:
    path.unlink(missing_ok=True)
    listener.close()
