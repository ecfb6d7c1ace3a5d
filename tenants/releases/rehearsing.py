"""The rehearsal: a throw-away copy of a pilot's schema, rows and all, goes through the release first."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import psycopg
from django.conf import settings

from tenants.provisioning.copying import copy_schema, drop_schema, schema_bytes
from tenants.registry.models import Tenant
from tenants.releases import failing
from tenants.releases.chain import Compiled
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
    """Copy, upgrade, compare, drop. Nothing of the tenant's own schema is written.

    A schema larger than RELEASE_REHEARSAL_BYTES is rehearsed without its rows.
    """
    chain = [release for release in chain if release.number > tenant.release]
    whole = schema_bytes(connection, tenant.schema_name) <= settings.RELEASE_REHEARSAL_BYTES
    drop_schema(connection, SCHEMA)
    rows: int | None = None
    begun = time.monotonic()
    try:
        script = get_script(tenant.release)
        if whole:
            rows = copy_schema(connection, source=tenant.schema_name, target=SCHEMA, script=script)
        else:
            with connection.transaction():
                connection.execute("".join(script.under(SCHEMA)))
        begun = time.monotonic()
        upgrade(
            connection,
            Target(SCHEMA, role="", tenant_id=None),
            chain,
            seat_done=lambda inside: None,
            filled=lambda inside, migration, after: None,
            rest=pace.rest,
        )
        error = ""
    except Exception as failure:  # whatever it is, the rehearsal is there to find it
        error = failing.describe(failure)
    took = (time.monotonic() - begun) * 1000
    drop_schema(connection, SCHEMA)
    say(f"  Diễn tập trên bản sao của {tenant.code}: {error or f'đạt, {took:.0f} ms'}")
    return Rehearsed(tenant.code, rows, took, error)
