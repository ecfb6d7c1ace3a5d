"""A command of manage.py as an operator calls it: a process of its own, timed from its start to its end."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from infra.bench.fleet.settings import HOME, ROOT

_LONGEST_SECONDS = 900
_STAND_SECONDS = 60


def manage(*words: str, around: Mapping[str, str]) -> float:
    """Seconds. Raises RuntimeError with what it said when it ends badly."""
    return _timed([sys.executable, "manage.py", *words], around)


def start_of_process(around: Mapping[str, str]) -> float:
    """Seconds of the part that every command has: Python and Django, and nothing done."""
    return manage("version", around=around)


@contextmanager
def standing_by(around: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """A house where ``manage.py standby`` stands: gives the surroundings in which its commands are called."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:  # a short path, as sockets need
        path = Path(folder) / "standby.sock"
        there = {**around, "STANDBY": str(path)}
        with (HOME / "standby.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "standby"], cwd=ROOT, env=there, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            end = time.monotonic() + _STAND_SECONDS
            while not path.exists():
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"manage.py standby does not stand; see {HOME / 'standby.log'}")
                time.sleep(0.05)
            manage("standby", "--ask", around=there)
            yield there
        finally:
            process.terminate()
            process.wait()


def _timed(command: list[str], around: Mapping[str, str]) -> float:
    with (HOME / "commands.log").open("a+") as log:
        log.write(f"\n$ {' '.join(command[1:])}\n")
        log.flush()
        begun = time.perf_counter()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=dict(around),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
        seconds = time.perf_counter() - begun
        if done.returncode != 0:
            log.seek(0)
            raise RuntimeError(f"{' '.join(command[1:])} ended with {done.returncode}:\n{log.read()[-4000:]}")
    return seconds
