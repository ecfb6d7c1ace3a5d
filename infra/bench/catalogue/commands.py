"""A command of manage.py in a process of its own: its seconds, and how much memory it took at most."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from infra.bench.catalogue.settings import HOME, ROOT


@dataclass(frozen=True, slots=True)
class Taken:
    seconds: float
    megabytes: float  # the process's own peak of resident memory
    said: str


def manage(*words: str) -> Taken:
    """From the call to the end, the start of Python and Django included. Raises RuntimeError when it ends badly."""
    path = HOME / "command.log"
    begun = time.perf_counter()
    with path.open("w") as log:
        started = subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        # wait4 instead of wait: only it tells what this one child has used.
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    said = path.read_text()
    if started.returncode != 0:
        raise RuntimeError(f"{' '.join(words)} ended with {started.returncode}:\n{said[-4000:]}")
    return Taken(seconds, used.ru_maxrss / 1024, said)
