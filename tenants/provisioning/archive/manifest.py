"""What an archive says of itself: enough to check it, to restore it, and to understand it without us."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tenants.provisioning.archive.container import Written, is_name
from tenants.provisioning.archive.errors import ArchiveBroken
from tenants.provisioning.tables import Counter, Table

FORMAT = "motcua-archive/1"
README, FILES, MANIFEST, SEAL = "README.txt", "files.csv.gz", "manifest.json", "manifest.sha256"
LARGEST_MANIFEST = 16 * 1024 * 1024  # a schema has some dozens of tables: a larger one was not written by us
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class TableFacts:
    """``sha256`` is of the rows as CSV with a header line, in the order of ``key``; ``plain_bytes`` its length."""

    name: str
    member: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    key: tuple[str, ...]
    rows: int
    plain_bytes: int
    sha256: str
    left_out: bool = False  # short-lived secrets: the table is there, its rows are not

    def as_table(self) -> Table:
        return Table(self.name, self.columns, self.kinds, self.key)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """``tenant`` are the registry's plain facts; ``total_sha256`` is of the lines of ``members``."""

    made_at: str
    made_by: str
    tenant: dict[str, Any]
    release: int
    release_name: str
    migrations_sha256: str
    fingerprint: str
    tables: tuple[TableFacts, ...]
    counters: tuple[Counter, ...]
    members: tuple[Written, ...]  # in order, without the citizens' files: FILES lists those
    files: int
    file_bytes: int
    format: str = FORMAT
    total_sha256: str = field(default="")

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def schema(self) -> str:
        return str(self.tenant["schema_name"])


def total_of(members: tuple[Written, ...]) -> str:
    """As ``sha256sum`` would print them, so that it can be worked out by hand."""
    return hashlib.sha256("".join(f"{one.sha256}  {one.name}\n" for one in members).encode()).hexdigest()


def write_manifest(manifest: Manifest) -> bytes:
    facts = asdict(manifest)
    facts["counters"] = [one._asdict() for one in manifest.counters]
    facts["members"] = [one._asdict() for one in manifest.members]
    return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"


def read_manifest(raw: bytes) -> Manifest:
    """Raises ArchiveBroken when it is not a manifest, or contradicts itself."""
    try:
        manifest = _manifest(json.loads(raw))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ArchiveBroken(member=MANIFEST, why=_("không đọc được nội dung")) from None
    return manifest


def _manifest(facts: dict[str, Any]) -> Manifest:
    tenant = facts["tenant"]
    for name in ("code", "name", "kind", "schema_name"):
        _text(tenant[name])
    manifest = Manifest(
        format=_text(facts["format"]),
        made_at=_moment(facts["made_at"]),
        made_by=_text(facts["made_by"]),
        tenant=tenant,
        release=_count(facts["release"]),
        release_name=_text(facts["release_name"]),
        migrations_sha256=_sha256(facts["migrations_sha256"]),
        fingerprint=_sha256(facts["fingerprint"]),
        tables=tuple(_table(one) for one in facts["tables"]),
        counters=tuple(
            Counter(_text(one["name"]), _count(one["last_value"]), bool(one["is_called"]))
            for one in facts["counters"]
        ),
        members=tuple(
            Written(_name(one["name"]), _count(one["size"]), _sha256(one["sha256"]))
            for one in facts["members"]
        ),
        files=_count(facts["files"]),
        file_bytes=_count(facts["file_bytes"]),
        total_sha256=_sha256(facts["total_sha256"]),
    )
    wanted = [README, *(table.member for table in manifest.tables), FILES]
    sound = manifest.format == FORMAT and [one.name for one in manifest.members] == wanted
    if not sound or len(set(wanted)) != len(wanted) or manifest.total_sha256 != total_of(manifest.members):
        raise ValueError("the manifest contradicts itself")
    return manifest


def _table(facts: dict[str, Any]) -> TableFacts:
    return TableFacts(
        name=_text(facts["name"]),
        member=_name(facts["member"]),
        columns=tuple(map(_text, facts["columns"])),
        kinds=tuple(map(_text, facts["kinds"])),
        key=tuple(map(_text, facts["key"])),
        rows=_count(facts["rows"]),
        plain_bytes=_count(facts["plain_bytes"]),
        sha256=_sha256(facts["sha256"]),
        left_out=bool(facts["left_out"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _moment(value: Any) -> str:
    if datetime.fromisoformat(_text(value)).tzinfo is None:
        raise ValueError("a moment without its zone")
    return str(value)


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise TypeError("not a count")
    return value


def _name(value: Any) -> str:
    if not is_name(_text(value)):
        raise ValueError("not a name")
    return str(value)


def _sha256(value: Any) -> str:
    if not _SHA256.fullmatch(_text(value)):
        raise ValueError("not a SHA-256")
    return str(value)
