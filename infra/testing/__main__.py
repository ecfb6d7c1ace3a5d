"""``python -m infra.testing [arguments of pytest]``. The exit code is pytest's.

Without arguments everything runs, in two workers side by side (running.py).
"""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from infra.services import ServicesDown, start_services, stop_services
from infra.services.postgres import NOT_DURABLE
from infra.testing.chromium import NoChromium, ensure_chromium
from infra.testing.running import ROOT, run

HOME = Path(os.environ.get("TEST_HOME", ROOT / ".test")).resolve()
# Apart from the demo's: both may run at once.
POSTGRES_PORT = 55433
VALKEY_PORT = 56480


@contextmanager
def _services() -> Iterator[dict[str, str]]:
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    if len(given) == 2:
        yield given
        return
    HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServicesDown(f"Một lần “make test” khác đang chạy trong {HOME}.") from None
        try:
            yield start_services(
                HOME, settings=NOT_DURABLE, postgres_port=POSTGRES_PORT, valkey_port=VALKEY_PORT
            ).environment
        finally:
            stop_services(HOME)


def _terminate(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    signal.signal(signal.SIGTERM, _terminate)
    try:
        ensure_chromium()
        with _services() as addresses:
            around = {**os.environ, **addresses, "DJANGO_SETTINGS_MODULE": "project.settings.test"}
            words = [sys.executable, "manage.py", "words", "compile"]
            subprocess.run(words, cwd=ROOT, env=around, check=True, stdout=subprocess.DEVNULL)
            return run(sys.argv[1:], around)
    except (NoChromium, ServicesDown) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
