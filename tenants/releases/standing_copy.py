"""A schema without rows that stands where the pilots stand: the next release is tried in it, and taken back.

To make one takes a fifth of a second, which is spent when a release is compiled. It is filled only inside of a
transaction that leaves nothing. Nobody has to believe that it is what it should be: its fingerprint says which
release it is at, and one that is no release's is made anew.
"""

from typing import Any

import psycopg

from tenants.provisioning.copying import copy_structure, drop_schema
from tenants.provisioning.scripts import get_script
from tenants.provisioning.shape import read_fingerprints
from tenants.registry.context import central_context
from tenants.releases.chain import load_chain
from tenants.releases.models import Release
from tenants.releases.rehearsal_schemas import STANDING
from tenants.releases.upgrading import Drifted, Target, upgrade

Connection = psycopg.Connection[Any]


def stand_at(connection: Connection, release: int, *, seen: str | None = None) -> None:
    """Made, carried on, or left as it is. ``connection`` is the owner's, in autocommit.

    ``seen`` is its fingerprint, where somebody has looked a moment ago.
    """
    standing = _find_releases(seen or _read_fingerprint(connection))
    if release in standing:
        return
    earlier = [number for number in standing if number < release]
    if not earlier or not _carry_on(connection, max(earlier), release):
        drop_schema(connection, STANDING)
        copy_structure(connection, target=STANDING, script=get_script(release))


def _read_fingerprint(connection: Connection) -> str:
    """Empty when it is not there."""
    with connection.cursor() as cursor:
        return read_fingerprints(cursor, [STANDING]).get(STANDING, "")


def _find_releases(fingerprint: str) -> list[int]:
    """Those that make a schema as it is; none when it is not there, or is as no release makes it."""
    with central_context():
        return list(Release.objects.filter(fingerprint=fingerprint).values_list("number", flat=True))


def _carry_on(connection: Connection, standing: int, release: int) -> bool:
    """As a tenant would be. False when it cannot be, or not to the letter: then a new one is made."""
    chain = load_chain(after=standing, to=release)
    if not all(one.is_one_transaction for one in chain):
        return False
    try:
        upgrade(
            connection, Target(STANDING, role="", tenant_id=None), chain, seat_done=None,
            filled=lambda inside, migration, after: None, rest=lambda begun: None,
            foreseen=chain[0].before.fingerprint,
        )  # fmt: skip
    except (Drifted, psycopg.DatabaseError):
        return False
    return True
