"""Archives that somebody has laid hands on."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from tenants.provisioning.archive.carrying import gzip
from tenants.provisioning.archive.container import Entry, Walk, Writer, Written, read_member
from tenants.provisioning.archive.manifest import MANIFEST, SEAL, total_of


def members(path: Path) -> dict[str, Entry]:
    with path.open("rb") as stream:
        return {entry.name: entry for entry in Walk(stream)}


def flip(path: Path, position: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[position] ^= 1
    path.write_bytes(raw)


def forge(
    path: Path,
    change: Callable[[dict], None],
    rows: dict[str, bytes] | None = None,
    packed: dict[str, bytes] | None = None,
) -> None:
    """Written anew with another manifest, all seals in order.

    ``rows`` are other rows of a table, as CSV; ``packed`` other bytes of a member.
    """
    parts: dict[str, bytes] = {}
    with path.open("rb") as stream:
        for entry in Walk(stream):
            parts[entry.name] = b"".join(read_member(stream, entry))
        moment = json_moment(path)
    facts = json.loads(parts[MANIFEST])
    for table in facts["tables"]:
        if table["name"] in (rows or {}):
            plain = rows[table["name"]]
            parts[table["member"]] = b"".join(gzip([plain]))
            table.update(plain_bytes=len(plain), sha256=hashlib.sha256(plain).hexdigest())
            table["rows"] = plain.count(b"\n") - 1
    parts.update(packed or {})
    for one in facts["members"]:
        content = parts[one["name"]]
        one.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    change(facts)
    facts["total_sha256"] = total_of(tuple(Written(**one) for one in facts["members"]))
    parts[MANIFEST] = json.dumps(facts).encode()
    parts[SEAL] = f"{hashlib.sha256(parts[MANIFEST]).hexdigest()}  {MANIFEST}\n".encode()
    with path.open("w+b") as sink:
        writer = Writer(sink, moment=moment)
        for name, content in parts.items():
            writer.add(name, content)
        writer.end()


def json_moment(path: Path) -> int:
    with path.open("rb") as stream:
        walk = Walk(stream)
        next(iter(walk))
        return walk.moment or 0
