"""The processes of the house under one supervisor: started, watched, started again, stopped."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from infra.demo.settings import ROOT

_FIRST_WAIT = 1.0
_LONGEST_WAIT = 30.0
_STEADY_SECONDS = 60.0  # one that lived so long starts again without waiting longer
_STOP_SECONDS = 15.0
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """If the supervisor is killed outright, its children are told to stop by the kernel."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    begun: float = 0.0
    wait: float = _FIRST_WAIT
    again_at: float | None = None

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which then stops all in order
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
            )
        self.begun = time.monotonic()
        self.again_at = None

    def look(self, say: Callable[[str], None]) -> None:
        """Start again what has died, each time a little later, and say so."""
        moment = time.monotonic()
        if self.again_at is not None:
            if moment >= self.again_at:
                self.start()
                say(f"  ↻ {self.name} chạy lại (tiến trình {self.process.pid if self.process else '?'})")
            return
        if self.process is None or self.process.poll() is None:
            return
        self._end_group(signal.SIGKILL)
        self.wait = (
            _FIRST_WAIT if moment - self.begun > _STEADY_SECONDS else min(self.wait * 2, _LONGEST_WAIT)
        )
        self.again_at = moment + self.wait
        say(
            f"  ✗ {self.name} đã dừng (mã {self.process.returncode}); chạy lại sau {self.wait:.0f} s. {self.log}"
        )

    def ask_to_stop(self) -> None:
        self.again_at = None
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """Wait for a clean end, then end whatever is left of the group."""
        if self.process is None:
            return
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_STOP_SECONDS)
        self._end_group(signal.SIGKILL)
        self.process.wait()

    def _end_group(self, number: int) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)
