"""All tests in two halves side by side: half of the time one of them waits, for a browser or for a command to start.

The houses (journeys, the handbook) run whole programs beside the test; the rest runs inside it. Each half has a
database and a Valkey database of its own, in the same servers.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
HOUSES = ("tests/journeys", "tests/docs")
_OTHER_VALKEY = 13  # 14 and 15 are the houses' own


def run(
    arguments: list[str], around: Mapping[str, str], *, output: int | None = None
) -> "subprocess.Popen[bytes]":
    """pytest with these arguments. The script: ``-m pytest`` would put . on the path."""
    pytest = str(Path(sys.executable).with_name("pytest"))
    return subprocess.Popen(
        [pytest, *arguments],
        cwd=ROOT,
        env=dict(around),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
    )


def run_all(around: Mapping[str, str]) -> int:
    """Both halves; what the houses said comes behind the rest. The exit code is that of the half that did worse."""
    with tempfile.TemporaryFile() as told:
        houses = run(list(HOUSES), {**around, **_apart(around)}, output=told.fileno())
        rest = run([f"--ignore={folder}" for folder in HOUSES], around)
        try:
            codes = [rest.wait(), houses.wait()]
        except KeyboardInterrupt:
            for half in (rest, houses):
                half.terminate()
                half.wait()
            raise
        told.seek(0)
        sys.stdout.flush()
        for line in told:
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    return max(codes, key=abs)


def _apart(around: Mapping[str, str]) -> dict[str, str]:
    database, valkey = urlsplit(around["DATABASE_URL"]), urlsplit(around["REDIS_URL"])
    return {
        "TEST_DATABASE": f"test_houses_{database.path.lstrip('/')}",
        "REDIS_URL": urlunsplit(valkey._replace(path=f"/{_OTHER_VALKEY}")),
    }
