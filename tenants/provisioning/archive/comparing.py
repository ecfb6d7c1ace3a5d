"""What a living tenant has that an archive has not: what a restore in its place would take away."""

from collections.abc import Callable
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from tenants.provisioning.archive import carrying
from tenants.provisioning.archive.carrying import KeyMove, read_facts
from tenants.provisioning.archive.database import without_its_words
from tenants.provisioning.archive.manifest import Manifest, TableFacts
from tenants.provisioning.connecting import connect
from tenants.provisioning.tables import Table, list_tables
from tenants.registry.models import Tenant


class Difference(NamedTuple):
    """``added``: rows of the living tenant that came after the archive, by the counter of their keys."""

    table: str
    archived: int
    living: int
    added: int


def compare(manifest: Manifest, tenant: Tenant, *, step: Callable[[str, int, int], None]) -> list[Difference]:
    """Of one moment, every table whose rows are not the archive's to the last character; none when all are alike.

    Tables of another release have other columns: they count as different. Short-lived secrets are left out.
    """
    with without_its_words(), connect(name=f"compare {tenant.code}") as connection:
        carrying.pin(connection)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            living = {table.name: table for table in list_tables(connection, tenant.schema_name)}
            counters = {one.name: one.last_value if one.is_called else 0 for one in manifest.counters}
            found = []
            for number, facts in enumerate(manifest.tables, start=1):
                step(facts.name, number, len(manifest.tables))
                if not facts.left_out:
                    found.append(
                        _compare(connection, manifest, tenant, facts, living.get(facts.name), counters)
                    )
            return [one for one in found if one is not None]


def _compare(
    connection: psycopg.Connection[Any],
    manifest: Manifest,
    tenant: Tenant,
    facts: TableFacts,
    table: Table | None,
    counters: dict[str, int],
) -> Difference | None:
    if table is None:
        return Difference(facts.name, facts.rows, 0, 0) if facts.rows else None
    move = KeyMove(before=tenant.schema_name, after=manifest.schema)
    now = read_facts(connection, table, tenant.schema_name, move=move)
    if now.sha256 == facts.sha256:
        return None
    counter = counters.get(f"{table.name}_id_seq")
    added = 0 if counter is None else _count_above(connection, table, tenant.schema_name, counter)
    return Difference(table.name, facts.rows, now.rows, added)


def _count_above(connection: psycopg.Connection[Any], table: Table, schema: str, key: int) -> int:
    asked = sql.SQL("SELECT count(*) FROM {} WHERE id > %s").format(table.within(schema))
    row = connection.execute(asked, [key]).fetchone()
    return int(row[0]) if row else 0
