"""Where the servers' data and programs lie, and whose they are.

PostgreSQL refuses to run as root. Started as root (containers, CI), both
servers run as ``nobody``; no user is made and no folder that is not ours
changes its rights. When ``nobody`` cannot get to the folder that was asked for
(a clone below /root), the data lies under /var/tmp and a pointer to it stays.
"""

import hashlib
import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.services.failures import ServiceFailed

_NOBODY = 65534


@dataclass(frozen=True)
class Owner:
    """Who runs the servers; ``uid`` is None when we stay who we are."""

    uid: int | None
    gid: int | None

    @property
    def popen(self) -> dict[str, Any]:
        """Keyword arguments for subprocess that step down to this owner."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def take(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def owner() -> Owner:
    if os.geteuid() != 0:
        return Owner(None, None)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Owner(_NOBODY, _NOBODY)
    return Owner(entry.pw_uid, entry.pw_gid)


def installed(package: str) -> Path:
    """The folder of a wheel that only demo and tests have. Not imported: importing it has effects of its own."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ServiceFailed(f"Chưa cài gói {package}; hãy chạy qua “make demo” hoặc “make test”.")
    return Path(spec.origin).parent


def clean_environment() -> dict[str, str]:
    """Nothing of the caller's: a PGDATA or PGPORT of theirs must not reach our server."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/", "TZ": "UTC"}


def _may(who: Owner, test: str, path: Path) -> bool:
    return _succeeds(who, ["/bin/sh", "-c", f'test {test} "$1"', "sh", str(path)])


def _may_run(who: Owner, program: Path) -> bool:
    try:
        return _succeeds(who, [str(program), "--version"])
    except PermissionError:
        return False


def _succeeds(who: Owner, command: list[str]) -> bool:
    done = subprocess.run(
        command, cwd="/", env=clean_environment(), capture_output=True, timeout=60, check=False, **who.popen
    )
    return done.returncode == 0


@dataclass(frozen=True)
class Place:
    """``home`` is the folder that was asked for, ``ground`` where the servers really live."""

    home: Path
    ground: Path
    owner: Owner

    @property
    def notes_file(self) -> Path:
        return self.ground / "services.json"

    def read_notes(self) -> dict[str, Any]:
        """Ports, passwords and the cluster's name, kept from start to start; readable for us alone."""
        try:
            notes: dict[str, Any] = json.loads(self.notes_file.read_text())
        except FileNotFoundError:
            return {}
        return notes

    def write_notes(self, notes: dict[str, Any]) -> None:
        write_private(self.notes_file, json.dumps(notes, indent=1))

    def folder_for_server(self, name: str) -> Path:
        """A folder that belongs to the servers' user, closed to everybody else."""
        folder = self.ground / name
        folder.mkdir(mode=0o700, exist_ok=True)
        self.owner.take(folder)
        return folder

    def program(
        self, root: Path, *, entry: str, folders: tuple[str, ...], needs: tuple[str, ...] = ()
    ) -> Path:
        """``root/entry`` if the servers' user may run it, or else a copy of ``folders`` that it may.

        Where folders stand to each other matters: programs find their
        libraries from where they are themselves. ``needs`` are files that the
        program reads only later.
        """
        if _may_run(self.owner, root / entry) and all(_may(self.owner, "-r", root / name) for name in needs):
            return root / entry
        mark = hashlib.sha256(f"{root / entry}{(root / entry).stat().st_mtime_ns}".encode()).hexdigest()[:12]
        copy = self.ground / "programs" / mark
        if not copy.exists():
            copy.parent.mkdir(mode=0o755, exist_ok=True)
            half = copy.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            for folder in folders:
                shutil.copytree(root / folder, half / folder, symlinks=True)
            for path in [half, *half.rglob("*")]:
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
            half.rename(copy)
        return copy / entry


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, and never readable for others, not even for a moment."""
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    half.replace(path)


def find_place(home: Path) -> Place:
    """The place that belongs to ``home``, made when there is none."""
    who = owner()
    home = home.resolve()
    home.mkdir(mode=0o755, parents=True, exist_ok=True)
    pointer = home / "place"
    if pointer.exists():
        ground = Path(pointer.read_text().strip())
        if ground.is_dir():
            return Place(home, ground, who)
    if _may(who, "-x", home):
        return Place(home, home, who)
    name = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    ground = Path(tempfile.mkdtemp(prefix=f"motcua-{name}-", dir="/var/tmp"))
    ground.chmod(0o711)
    pointer.write_text(f"{ground}\n")
    return Place(home, ground, who)


def forget_place(home: Path) -> None:
    """Remove everything below ``home``, and what its pointer points at."""
    pointer = home / "place"
    if pointer.exists():
        ground = Path(pointer.read_text().strip())
        if ground.name.startswith("motcua-") and ground.parent == Path("/var/tmp"):  # noqa: S108 - our own folder
            shutil.rmtree(ground, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)
