"""``manage.py standby`` beside a bench or a test, as it stands beside the web server of a house."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
_SECONDS = 120


@contextmanager
def standing_by(around: Mapping[str, str], *, log: IO[bytes]) -> Iterator[dict[str, str]]:
    """Gives the surroundings in which its commands are called. Raises RuntimeError when it does not come to stand."""
    with tempfile.TemporaryDirectory(prefix="motcua-standby-") as folder:  # a short path, as sockets need
        there = {**around, "STANDBY": f"{folder}/standby.sock"}
        command = [sys.executable, str(ROOT / "manage.py"), "standby"]
        standing = subprocess.Popen(
            command, env=there, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            end = time.monotonic() + _SECONDS
            while subprocess.run([*command, "--ask"], env=there, capture_output=True, check=False).returncode:
                if standing.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("manage.py standby does not stand; its own words are in the log")
            yield there
        finally:
            standing.terminate()
            standing.wait()
