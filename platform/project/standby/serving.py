"""The program that stands by: one loop, and a process of its own for each command, forked with everything loaded."""

import gc
import os
import selectors
import signal
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import structlog
from django.db import connections
from django.utils.translation import gettext as _

from project.standby import asking
from project.standby.door import close_door, listen, take_lock
from project.standby.hearing import Heard, hear
from project.standby.loading import load_commands
from project.standby.sameness import Asked, changed, loaded_files, surroundings, why_not
from project.standby.working import become

log = structlog.get_logger(__name__)
# While a worker still has the loop's way of hearing signals: the first Ctrl-C must not be lost.
_HELD_BACK = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}


class _Work(NamedTuple):
    worker: int
    line: socket.socket


class Standby:
    """``root``: the folder of manage.py. Raises CannotStandBy."""

    def __init__(self, path: Path, root: str) -> None:
        self.path, self.root = path, root
        self._surrounding = surroundings()
        self._works: dict[int, _Work] = {}  # by the file descriptor that tells of a worker's end
        # In a worker its own line: open until it ends, whatever becomes of the loop.
        self._mine: socket.socket | None = None
        self._watching = selectors.DefaultSelector()
        self._is_open, self._told_to_end, self._is_stale = True, False, False
        self._lock = take_lock(path)
        self._commands = load_commands()
        self._files = loaded_files()
        _require_no_ties()
        gc.collect()
        gc.freeze()  # what all workers share is not written to by the search for garbage
        self._listener = listen(path)
        self._bell, self._rung = socket.socketpair()

    def serve(self) -> list[str] | None:
        """Blocks. None in this process, once it is told to end; in each worker the words of a command to carry out."""
        self._ring_at_signals()
        for held in (self._listener, self._rung):
            self._watching.register(held, selectors.EVENT_READ)
        while self._is_open or self._works:
            for key, _events in self._watching.select():
                if key.fileobj is self._listener:
                    heard = self._answer()
                    if heard is not None and self._begin(heard):
                        return heard.asked.words
                elif key.fileobj is self._rung:
                    self._rung.recv(64)
                elif isinstance(key.fileobj, socket.socket):
                    self._lose(key.fileobj)
                else:
                    self._end(key.fd)
            if self._told_to_end and self._is_open:
                self._close()
        return None

    def _ring_at_signals(self) -> None:
        def tell(number: int, frame: object) -> None:
            self._told_to_end = True

        self._bell.setblocking(False)
        signal.set_wakeup_fd(self._bell.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, tell)

    def _answer(self) -> Heard | None:
        """One who asks: None when he was declined or has thought better of it."""
        line, _address = self._listener.accept()
        try:
            heard = hear(line)
        except (OSError, ValueError) as error:
            log.warning("standby.unheard", error=type(error).__name__)
            line.close()
            return None
        why = self._why_not(heard.asked)
        if why is None and heard.agrees():
            return heard
        if why is not None:
            heard.decline(why)
        heard.close()
        if self._is_stale and not self._works:
            self._begin_anew()
        return None

    def _why_not(self, asked: Asked) -> str | None:
        why = why_not(asked, root=self.root, surrounding=self._surrounding, commands=self._commands)
        if why is None and (file := changed(self._files)) is not None:
            self._is_stale = True
            why = _("mã nguồn đã đổi: {file}").format(file=file)
        return why

    def _begin(self, heard: Heard) -> bool:
        """True in the worker."""
        sys.stdout.flush()
        sys.stderr.flush()
        added = {name: value for name, value in os.environ.items() if name not in self._surrounding}
        signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
        worker = os.fork()
        if worker == 0:
            self._let_go()
            self._mine = heard.line
            become(heard, added=added)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)
        if worker == 0:
            return True
        heard.close_files()
        ended = os.pidfd_open(worker)
        self._works[ended] = _Work(worker, heard.line)
        for held in (ended, heard.line):
            self._watching.register(held, selectors.EVENT_READ)
        with suppress(OSError):
            heard.line.settimeout(None)
            asking.send_number(heard.line, worker)
        return False

    def _let_go(self) -> None:
        """In the worker: of all that is the loop's."""
        signal.set_wakeup_fd(-1)
        # Also what the loop ignores, begun with nohup: what whoever asked ignores, he does not pass on (asking.py).
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._watching.close()
        self._lock.close()
        for held in [self._listener, self._bell, self._rung, *(one.line for one in self._works.values())]:
            held.close()
        for ended in self._works:
            os.close(ended)

    def _end(self, ended: int) -> None:
        """A worker has ended: whoever asked is told how."""
        work = self._works.pop(ended)
        self._watching.unregister(ended)
        os.close(ended)
        _process, status = os.waitpid(work.worker, 0)
        with suppress(KeyError):
            self._watching.unregister(work.line)
        with suppress(OSError):
            asking.send_number(work.line, os.waitstatus_to_exitcode(status))
        work.line.close()

    def _lose(self, line: socket.socket) -> None:
        """Whoever asked is gone, as a terminal that was closed: the worker hears what it would have heard there."""
        if line.fileno() < 0:  # its worker ended at the same moment, and was heard first
            return
        self._watching.unregister(line)
        for work in self._works.values():
            if work.line is line:
                _tell(work, signal.SIGHUP)

    def _close(self) -> None:
        self._watching.unregister(self._listener)
        close_door(self._listener, self.path)
        self._is_open = False
        for work in self._works.values():
            _tell(work, signal.SIGTERM)

    def _begin_anew(self) -> None:
        """With the code of today. Whoever asks meanwhile does his work himself."""
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], self._surrounding)  # noqa: S606 - the very command that began this process


def _tell(work: _Work, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(work.worker, number)


def _require_no_ties() -> None:
    """A fork keeps only its own thread, and two processes must not speak on one connection."""
    tied = [one for one in connections.all(initialized_only=True) if one.connection is not None]
    if threading.active_count() > 1 or tied:
        raise RuntimeError("loading has opened a connection or begun a thread")
