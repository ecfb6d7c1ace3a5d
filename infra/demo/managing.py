"""``make manage ARGS="release plan"``: a command of manage.py on the demo's data, while the demo is open."""

import subprocess
import sys

from infra.demo.settings import HOME, ROOT, environment
from infra.services import ServicesDown, both_running, start_services


def manage(words: list[str]) -> int:
    """The exit code is that of manage.py. Only the embedded servers: with DATABASE_URL set, manage.py needs no help."""
    if not HOME.exists() or not both_running(HOME):
        print("Bản demo chưa mở: hãy chạy “make demo” ở một cửa sổ khác.", file=sys.stderr)
        return 1
    try:
        around = {**environment(), **start_services(HOME).environment}
    except ServicesDown as away:
        print(away, file=sys.stderr)
        return 1
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=around, check=False).returncode
