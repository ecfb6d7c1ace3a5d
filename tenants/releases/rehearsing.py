"""The rehearsal: a throw-away copy of a pilot's schema, rows and all, goes through the release first."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import psycopg
from django.conf import settings

from tenants.provisioning.copying import (
    copy_in_this_moment,
    copy_schema,
    drop_schema,
    one_moment,
)
from tenants.provisioning.tables import bytes_of_rows
from tenants.registry.models import Tenant
from tenants.releases import failing
from tenants.releases.chain import Compiled
from tenants.releases.enums import StepKind
from tenants.releases.pacing import Pace
from tenants.releases.services.compiling import get_script
from tenants.releases.upgrading import Target, upgrade

SCHEMA = "release_rehearsal"


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
) -> Rehearsed:
    """Copy, upgrade, compare, throw away. Nothing of the tenant's own schema is written.

    A schema larger than RELEASE_REHEARSAL_BYTES is rehearsed without its rows.
    """
    chain = [release for release in chain if release.number > tenant.release]
    drop_schema(connection, SCHEMA)  # of a rehearsal that was killed
    rows: int | None = None
    begun = time.monotonic()
    with _thrown_away(connection, chain) as copy:
        try:
            rows = _copy(connection, tenant, copy)
            begun = time.monotonic()
            upgrade(
                connection,
                Target(SCHEMA, role="", tenant_id=None),
                chain,
                seat_done=None,
                filled=lambda inside, migration, after: None,
                rest=pace.rest,
                # Made a moment ago from the script of that release; all of it is compared at the end.
                foreseen=chain[0].before.fingerprint if chain else None,
            )
            error = ""
        except Exception as failure:  # whatever it is, the rehearsal is there to find it
            error = failing.describe(failure)
        took = (time.monotonic() - begun) * 1000
    say(f"  Diễn tập trên bản sao của {tenant.code}: {error or f'đạt, {took:.0f} ms'}")
    return Rehearsed(tenant.code, rows, took, error)


@contextmanager
def _thrown_away(
    connection: "psycopg.Connection[Any]", chain: list[Compiled]
) -> Iterator[Callable[..., int]]:
    """Gives the way to copy. A release that fits into one transaction is rehearsed in one that is rolled back.

    Then no other connection has to hear of some hundred objects that come and go, and there is nothing to drop. Indexes
    that are built beside running work and backfills commit on their way: their copy is dropped.
    """
    if all(step.kind is StepKind.TRANSACTION for release in chain for step in release.steps):
        with one_moment(connection, thrown_away=True):
            yield copy_in_this_moment
    else:
        yield copy_schema
        drop_schema(connection, SCHEMA)


def _copy(connection: "psycopg.Connection[Any]", tenant: Tenant, copy: Callable[..., int]) -> int | None:
    """How many rows; None when the schema is too large to be copied with them."""
    script = get_script(tenant.release)
    if bytes_of_rows(connection, tenant.schema_name) > settings.RELEASE_REHEARSAL_BYTES:
        with connection.transaction():
            connection.execute("".join(script.under(SCHEMA)))
        return None
    return copy(connection, source=tenant.schema_name, target=SCHEMA, script=script)
