"""The rehearsal: a throw-away copy of a pilot's schema, rows and all, goes through the release first."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

import psycopg
from django.conf import settings

from tenants.provisioning.copying import (
    copy_in_this_moment,
    copy_schema,
    copy_structure,
    drop_schema,
    fill_in_this_moment,
    one_moment,
)
from tenants.provisioning.scripts import get_script
from tenants.provisioning.tables import bytes_of_rows
from tenants.registry.models import Tenant
from tenants.releases import failing
from tenants.releases.chain import Compiled
from tenants.releases.pacing import Pace
from tenants.releases.rehearsal_schemas import COPY, STANDING
from tenants.releases.standing_copy import stand_at
from tenants.releases.upgrading import Target, upgrade

# Of rows with their indexes. Of more, a copy whose indexes come last is made sooner than the standing one is filled.
FEW_BYTES = 16 * 1024**2


class Rehearsed(NamedTuple):
    """``error`` is empty when the copy came through; ``rows`` is None when only the structure was rehearsed."""

    tenant_code: str
    rows: int | None
    milliseconds: float
    error: str

    def as_facts(self) -> dict[str, Any]:
        return {
            "tenant": self.tenant_code, "rows": self.rows, "milliseconds": round(self.milliseconds, 1),
            "error": self.error,
        }  # fmt: skip


def rehearse(
    connection: "psycopg.Connection[Any]",
    *,
    tenant: Tenant,
    chain: list[Compiled],
    pace: Pace,
    say: Callable[[str], None],
    standing: str | None = None,
) -> Rehearsed:
    """Copy, upgrade, compare, throw away. Nothing of the tenant's own schema is written.

    ``standing``: the fingerprint of the standing copy, where somebody has looked a moment ago.
    A schema larger than RELEASE_REHEARSAL_BYTES is rehearsed without its rows.
    """
    chain = [release for release in chain if release.number > tenant.release]
    rows: int | None = None
    begun = time.monotonic()
    try:
        with _copied(connection, tenant, chain, standing) as (schema, rows):
            begun = time.monotonic()
            upgrade(
                connection,
                Target(schema, role="", tenant_id=None),
                chain,
                seat_done=None,
                filled=lambda inside, migration, after: None,
                rest=pace.rest,
                # As a release makes it, by its script or by its fingerprint; all of it is compared at the end.
                foreseen=chain[0].before.fingerprint if chain else None,
            )
        error = ""
    except Exception as failure:  # whatever it is, the rehearsal is there to find it
        if connection.closed:
            raise  # of the release it says nothing
        error = failing.describe(failure, chain)
    took = (time.monotonic() - begun) * 1000
    say(f"  Diễn tập trên bản sao của {tenant.code}: {error or f'đạt, {took:.0f} ms'}")
    return Rehearsed(tenant.code, rows, took, error)


@contextmanager
def _copied(
    connection: "psycopg.Connection[Any]", tenant: Tenant, chain: list[Compiled], standing: str | None
) -> Iterator[tuple[str, int | None]]:
    """The schema, and how many rows it has: None where there are too many to be copied.

    A release that fits into one transaction is rehearsed in one that is rolled back: no other connection has to hear of
    what comes and goes, and there is nothing to drop. Indexes that are built beside running work and backfills commit
    on their way: their copy is dropped.
    """
    drop_schema(connection, COPY)  # of a rehearsal that was killed: it has a pilot's rows
    source = tenant.schema_name
    size = bytes_of_rows(connection, source)
    whole = all(release.is_one_transaction for release in chain)
    if whole and size <= FEW_BYTES:
        stand_at(connection, tenant.release, seen=standing)
        with one_moment(connection, thrown_away=True), _keys_looked_at(connection):
            yield STANDING, fill_in_this_moment(connection, source=source, target=STANDING)
        return
    script, copy = get_script(tenant.release), copy_in_this_moment if whole else copy_schema
    try:
        with ExitStack() as kept:
            if whole:
                kept.enter_context(one_moment(connection, thrown_away=True))
                kept.enter_context(_keys_looked_at(connection))
            if size <= settings.RELEASE_REHEARSAL_BYTES:
                yield COPY, copy(connection, source=source, target=COPY, script=script)
            else:
                copy_structure(connection, target=COPY, script=script)
                yield COPY, None
    finally:
        if not whole and not connection.closed:
            drop_schema(connection, COPY)


@contextmanager
def _keys_looked_at(connection: "psycopg.Connection[Any]") -> Iterator[None]:
    """Those that wait for the commit, which what is thrown away never comes to: the tenants' commit would meet them."""
    yield
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
