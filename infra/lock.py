"""``make lock``: requirements/*.txt from pyproject.toml, every file with hashes and none with an address."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# A file, and the groups of pyproject.toml that it holds beside the house's own dependencies.
FILES = {"base": (), "demo": ("demo",), "dev": ("demo", "dev"), "lock": None}


def _command(name: str, groups: tuple[str, ...] | None) -> list[str]:
    uv = str(Path(sys.executable).with_name("uv"))
    wanted = [f"--group={group}" for group in groups or ()]
    source = ["pyproject.toml", *wanted] if groups is not None else [f"--group=pyproject.toml:{name}"]
    return [
        uv, "pip", "compile", *source, "--generate-hashes", "--universal", "--python-version=3.11",
        "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet", "--output-file", f"requirements/{name}.txt",
        *sys.argv[1:],
    ]  # fmt: skip


def main() -> int:
    for name, groups in FILES.items():
        print(f"▸ requirements/{name}.txt …", flush=True)
        done = subprocess.run(
            _command(name, groups), cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0:
            return done.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
