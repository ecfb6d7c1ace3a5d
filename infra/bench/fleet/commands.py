"""A command of manage.py as an operator calls it: a process of its own, timed from its start to its end."""

import subprocess
import sys
import time
from collections.abc import Mapping
from threading import Timer

from infra.bench.fleet.settings import HOME, ROOT

_LONGEST_SECONDS = 900


def manage(*words: str, around: Mapping[str, str]) -> float:
    """Seconds. Raises RuntimeError with what it said when it ends badly."""
    return _timed([sys.executable, "manage.py", *words], around)


def start_of_process(around: Mapping[str, str]) -> float:
    """Seconds of the part that every command has: Python and Django, and nothing done."""
    return manage("version", around=around)


def _timed(command: list[str], around: Mapping[str, str]) -> float:
    with (HOME / "commands.log").open("a+") as log:
        log.write(f"\n$ {' '.join(command[1:])}\n")
        log.flush()
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(around),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        # Not wait(timeout): that looks only every 50 ms whether the process has ended.
        too_long = Timer(_LONGEST_SECONDS, process.kill)
        too_long.daemon = True  # whoever breaks the bench off does not wait for it
        too_long.start()
        code = process.wait()
        seconds = time.perf_counter() - begun
        too_long.cancel()
        if code != 0:
            log.seek(0)
            raise RuntimeError(f"{' '.join(command[1:])} ended with {code}:\n{log.read()[-4000:]}")
    return seconds
