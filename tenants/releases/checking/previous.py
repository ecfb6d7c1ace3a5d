"""The code of the release before, doing the main job on the new schema.

The new code builds a throwaway database (centre, template, one tenant), the old
code then works in it, in a process of its own and with the same libraries. What
the main job is, tenants do not know: ``settings.RELEASE_JOURNEY`` is its script.
"""

import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from tenants.registry.roles import role_name
from tenants.releases.checking.findings import short
from tenants.releases.manifests import newest_manifest

_HOST = "truoc.localhost"
_CODE = "H99"
_SECONDS = 300
_CLEANER_SECONDS = 30.0


class NoPreviousCode(Exception):
    """Why there is no code of the release before to be had here."""


class NotPrepared(Exception):
    """The new code could not build the database; its own words."""


@dataclass(frozen=True, slots=True)
class Outcome:
    passed: bool
    steps: list[str]  # as the script says them, ✓ or ✗ first
    said: str  # everything else it wrote


def find_previous_ref() -> str:
    """The commit before the one that brought the newest manifest. Raises NoPreviousCode."""
    manifest = newest_manifest().file
    if not manifest.is_relative_to(settings.ROOT) or not (Path(settings.ROOT) / ".git").exists():
        raise NoPreviousCode("không có lịch sử git ở đây")
    added = _git("log", "--first-parent", "--diff-filter=A", "--format=%H", "--", short(manifest)).split()
    ref = f"{added[-1]}^" if added else "HEAD"  # not committed yet: what is committed is the release before
    if not _git("rev-parse", "--quiet", "--verify", f"{ref}^{{commit}}", check=False).strip():
        raise NoPreviousCode("lịch sử git không đủ sâu để có mã của bản trước")
    return ref


def unpack(ref: str, folder: Path) -> None:
    """The tree of a commit, as it was landed."""
    archive = folder.with_suffix(".tar")
    _git("archive", "--format=tar", f"--output={archive}", ref)
    with tarfile.open(archive) as packed:
        if hasattr(tarfile, "data_filter"):
            packed.extractall(folder, filter="data")
        else:  # a Python 3.11 of before the filter; what is unpacked is our own repository
            packed.extractall(folder)  # noqa: S202
    archive.unlink()


def list_differing_locks(tree: Path) -> list[str]:
    """Lock files that are not the same in both releases: the run proves nothing about the libraries of then."""
    here = Path(settings.ROOT) / "requirements"
    return [
        file.name
        for file in sorted((tree / "requirements").glob("*.txt"))
        if not (here / file.name).is_file() or (here / file.name).read_bytes() != file.read_bytes()
    ]


_PREPARING = (
    "central prepare",
    f"tenant create --code {_CODE} --name Thử --kind PROVINCE --host {_HOST}",
    # Its ready list is red, for nobody stands in it yet: the journey brings people of its own.
    f"tenant open {_CODE} --override --reason Thử",
)


@contextmanager
def new_database() -> Iterator[str]:
    """A database at the new release with one tenant, by its address; gone afterwards. Raises NotPrepared."""
    name = f"{connection.settings_dict['NAME']}_truoc_{os.getpid()}"[:63]
    role = role_name(database=name, schema=_CODE.lower())
    _drop(name)
    _maintain(f"CREATE DATABASE {name}")
    try:
        around = _around(Path(settings.ROOT), name)
        for words in _PREPARING:
            done = _run([sys.executable, "manage.py", *words.split()], Path(settings.ROOT), around)
            if done.returncode:
                raise NotPrepared(done.stdout[-2000:])
        yield name
    finally:
        _drop(name)
        _maintain(f"DROP ROLE IF EXISTS {role}")


def run_journey(tree: Path, database: str) -> Outcome:
    """The main job by the code in ``tree``; the release's own script where it has one."""
    journey = Path(settings.RELEASE_JOURNEY)
    own = tree / short(journey)
    done = _run(
        [sys.executable, str(own if own.is_file() else journey), _HOST], tree, _around(tree, database)
    )
    lines = done.stdout.splitlines()
    steps = [line for line in lines if line.startswith(("✓", "✗"))]
    return Outcome(done.returncode == 0, steps, "\n".join(line for line in lines if line not in steps))


def _around(tree: Path, database: str) -> dict[str, str]:
    facts = connection.settings_dict
    address = f"{facts['HOST']}:{facts['PORT']}/{database}"
    return {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in ("RELEASE_MANIFESTS", "PYTHONSAFEPATH")
        },
        "PYTHONPATH": os.pathsep.join([str(tree), str(tree / "platform")]),
        "DATABASE_URL": f"postgresql://{quote(facts['USER'])}:{quote(facts['PASSWORD'])}@{address}",
        "DOCUMENT_FONTS": str(settings.DOCUMENT_FONTS),
        "MEDIA_ROOT": str(tree / ".previous-files"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _run(command: list[str], where: Path, around: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - programs of our own
        command, cwd=where, env=around, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip


def _git(*arguments: str, check: bool = True) -> str:
    return subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        cwd=settings.ROOT,
        check=check,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    ).stdout


def _drop(database: str) -> None:
    """The server's own cleaner may be in it at this moment, and only the superuser may end that one: it leaves soon."""
    end = time.monotonic() + _CLEANER_SECONDS
    while True:
        try:
            _maintain(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            return
        except psycopg.errors.InsufficientPrivilege:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def _maintain(statement: str) -> None:
    facts = connection.settings_dict
    with psycopg.connect(
        host=facts["HOST"], port=facts["PORT"], user=facts["USER"], password=facts["PASSWORD"], dbname="postgres",
        autocommit=True,
    ) as maintenance:  # fmt: skip
        maintenance.execute(sql.SQL(statement))


def check_previous_code(given: str, folder: Path, say: Callable[[str], None]) -> bool:
    """``given``: a commit, a folder with code, or nothing for the release before.

    Raises NoPreviousCode, NotPrepared.
    """
    tree = Path(given) if given and Path(given).is_dir() else folder / "previous"
    if not tree.is_dir():
        ref = given or find_previous_ref()
        unpack(ref, tree)
        say(f"Mã của bản trước: {ref}")
    if differing := list_differing_locks(tree):
        say(f"Khóa thư viện khác nhau ({', '.join(differing)}): mã bản trước chạy với thư viện của bản này.")
    with new_database() as database:
        outcome = run_journey(tree, database)
    for line in outcome.steps:
        say(line)
    if not outcome.passed:
        say(outcome.said)
    return outcome.passed
