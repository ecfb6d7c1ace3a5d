"""``make check``: everything that can be said about the code without running it, all of it before giving up."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_BIN = Path(sys.executable).parent
_PYTHON = sys.executable
CHECKS: dict[str, list[str]] = {
    "mypy": [str(_BIN / "mypy")],
    "ruff check": [str(_BIN / "ruff"), "check", "--quiet", "."],
    "ruff format": [str(_BIN / "ruff"), "format", "--check", "--quiet", "--output-format=concise", "."],
    "import contracts": [str(_BIN / "lint-imports")],
    "makemigrations --check": [_PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "templates": [_PYTHON, "-m", "infra.lint"],
    "releases": [_PYTHON, "manage.py", "release", "check"],
    "translations": [_PYTHON, "manage.py", "words", "check"],
}
_AT_ONCE = 2  # mypy alone takes about as long as the others together


def _run(name: str) -> tuple[str, int, str, float]:
    begun = time.monotonic()
    around = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
        "DJANGO_SETTINGS_MODULE": "project.settings.test",
    }
    if name == "mypy":
        around.pop("PYTHONPATH")  # it has its own path in pyproject.toml, and would see each module twice
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, env=around, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    return name, done.returncode, done.stdout, time.monotonic() - begun


def main() -> int:
    failed = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for name, code, said, duration in pool.map(_run, CHECKS):
            print(f"{'✗' if code else '✓'} {name} ({duration:.1f} s)", flush=True)
            if code:
                failed.append(name)
                print(said, flush=True)
    print(f"Không đạt: {', '.join(failed)}" if failed else "Đạt tất cả.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
