"""The line of releases as the code knows it: one TOML file each, in the order of their names.

A manifest says in Vietnamese what is new, and names the last migration of each
tenant app: together they are the shape of a schema at that release. The newest
manifest on disk is the release of the running code.
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"\d{4}\.\d{1,2}\.\d{1,3}")


class ManifestUnsound(ValueError):
    """A file of ours that does not hold: a programming error, found by ``release check``."""


@dataclass(frozen=True, slots=True)
class Contract:
    """A migration that takes away what older code used: ``since`` is the release whose code no longer does."""

    migration: str  # app.name
    since: str
    why: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``serves_code_from``: the oldest code that lives with this schema (expand and contract).

    ``needs_schema_from``: the oldest schema that this release's code can serve; a
    tenant behind it gets a page that says that it is being upgraded.
    ``leaves``: app label → name of its last migration, of the tenants' apps; ``centre`` the same of the
    central schema, which is not replayed, but which old code has to live with as well.
    """

    number: int
    name: str
    title: str
    notes: str
    serves_code_from: str
    needs_schema_from: str
    defer_days: int
    leaves: dict[str, str]
    centre: dict[str, str]
    contracts: tuple[Contract, ...]
    file: Path
    sha256: str


def list_manifests() -> list[Manifest]:
    """Oldest first. Raises ManifestUnsound."""
    return list(_read_all(Path(settings.RELEASE_MANIFESTS)))


def newest_manifest() -> Manifest:
    return list_manifests()[-1]


def get_number(name: str) -> int:
    """The place of a release in the line; raises ManifestUnsound when there is no such release."""
    for manifest in list_manifests():
        if manifest.name == name:
            return manifest.number
    raise ManifestUnsound(f"no manifest is called {name}")


def get_minimum_of_code() -> int:
    """The number of the oldest release whose schema the running code can serve."""
    return get_number(newest_manifest().needs_schema_from)


@lru_cache(maxsize=4)  # files of the code, the same for all tenants
def _read_all(folder: Path) -> tuple[Manifest, ...]:
    files = sorted(folder.glob("*.toml"), key=lambda file: [int(part) for part in file.stem.split(".")])
    if not files:
        raise ManifestUnsound(f"there is no manifest in {folder}")
    found = tuple(_read(file, number) for number, file in enumerate(files, start=1))
    known = {manifest.name: manifest.number for manifest in found}
    for manifest in found:
        for named in (manifest.serves_code_from, manifest.needs_schema_from):
            if known.get(named, manifest.number + 1) > manifest.number:
                raise ManifestUnsound(f"{manifest.file.name}: {named} is no release up to this one")
    return found


def _read(file: Path, number: int) -> Manifest:
    raw = file.read_bytes()
    facts = tomllib.loads(raw.decode())
    if facts.get("name") != file.stem or not _NAME.fullmatch(file.stem):
        raise ManifestUnsound(f"{file.name}: its name has to be that of the file, year.month.number")
    try:
        return Manifest(
            number=number,
            name=facts["name"],
            title=facts["title"].strip(),
            notes=facts["notes"].strip(),
            serves_code_from=facts["serves_code_from"],
            needs_schema_from=facts["needs_schema_from"],
            defer_days=int(facts.get("defer_days", 7)),
            leaves=dict(facts["leaves"]),
            centre=dict(facts.get("centre", {})),
            contracts=tuple(
                Contract(migration=one["migration"], since=one["since"], why=one["why"])
                for one in facts.get("contract", ())
            ),
            file=file,
            sha256=hashlib.sha256(raw).hexdigest(),
        )
    except KeyError as missing:
        raise ManifestUnsound(f"{file.name}: {missing} is missing") from missing


def forget_manifests() -> None:
    """After files were written by this very process."""
    _read_all.cache_clear()
