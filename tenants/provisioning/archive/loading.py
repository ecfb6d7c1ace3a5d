"""An archive's rows into a schema that nobody works in yet, and the proof that they are the same."""

import re
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

from tenants.provisioning.archive import carrying
from tenants.provisioning.archive.aiming import Aim
from tenants.provisioning.archive.carrying import KeyMove
from tenants.provisioning.archive.errors import RowsNotSame, ShapeNotSame
from tenants.provisioning.archive.manifest import Manifest
from tenants.provisioning.archive.pacing import Pace
from tenants.provisioning.archive.verifying import Sound
from tenants.provisioning.copying import drop_schema
from tenants.provisioning.dumping import Script
from tenants.provisioning.shape import read_fingerprints
from tenants.provisioning.tables import list_tables, read_counters, set_counters

Connection = psycopg.Connection[Any]
# One process, one connection, memory for the indexes. The disk is waited for once, by the commit that swaps it in.
# Each begins a line; a cut at a wrong place would be a syntax error, never something else.
_STATEMENT = re.compile(
    r"^(?=ALTER TABLE |CREATE (?:UNIQUE )?INDEX |CREATE (?:CONSTRAINT )?TRIGGER )", re.MULTILINE
)
_GENTLY = "SET synchronous_commit = off; SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'"


def load(
    connection: Connection,
    sound: Sound,
    script: Script,
    *,
    aim: Aim,
    to_shape: bool,
    say: Callable[[str], None],
) -> str:
    """Make the scratch schema with the rows of the archive, file keys as they will be: all of it or nothing.

    Returns the fingerprint of what was made. Raises ShapeNotSame, RowsNotSame.
    """
    manifest, scratch, schema = sound.manifest, aim.scratch, aim.schema
    carrying.pin(connection)
    connection.execute(_GENTLY)
    drop_schema(connection, scratch)  # of a run that was cut off
    halves = script.under(scratch)
    with connection.transaction():
        connection.execute(halves.pre_sql)
        _require_same_tables(connection, manifest, scratch)
        for table in manifest.tables:
            _load_table(connection, sound, table.name, scratch, say)
        if schema != manifest.schema:
            carrying.move_keys(connection, scratch, KeyMove(before=manifest.schema, after=schema))
        say("  …")
        _finish_tables(connection, halves.post_sql)
        set_counters(connection, scratch, list(manifest.counters))
        for table in manifest.tables:
            connection.execute(sql.SQL("ANALYZE {}").format(table.as_table().within(scratch)))
        found = read_fingerprints(connection.cursor(), [scratch])[scratch]
        if found != manifest.fingerprint and not to_shape:
            raise ShapeNotSame(release=manifest.release_name)
        require_same_rows(connection, manifest, scratch, KeyMove(before=schema, after=manifest.schema))
    return found


def _finish_tables(connection: Connection, post_sql: str) -> None:
    """Keys, indexes and triggers, statement by statement, with a rest after each."""
    pace = Pace()
    for statement in _STATEMENT.split(post_sql):
        connection.execute(statement)
        pace.rest()


def require_same_rows(connection: Connection, manifest: Manifest, schema: str, move: KeyMove) -> None:
    """Number and hash of the rows of every table, read back from the database. Raises RowsNotSame."""
    for table in manifest.tables:
        found = carrying.read_facts(connection, table.as_table(), schema, move=move)
        if found != (table.rows, table.plain_bytes, table.sha256):
            raise RowsNotSame(table=table.name)


def _load_table(
    connection: Connection, sound: Sound, name: str, schema: str, say: Callable[[str], None]
) -> None:
    facts = next(table for table in sound.manifest.tables if table.name == name)
    table = facts.as_table()
    # The script has filled some (the list of migrations): the archive's rows take their place.
    connection.execute(sql.SQL("TRUNCATE {}").format(table.within(schema)))
    loaded = carrying.rows_in(connection, table, schema, sound.rows_of(facts))
    if loaded != facts.rows:
        raise RowsNotSame(table=name)
    if loaded:
        say(f"  {name}: {loaded}")


def _require_same_tables(connection: Connection, manifest: Manifest, scratch: str) -> None:
    """Columns may stand in another order in a schema that came there by upgrades."""
    wanted = {table.name: sorted(zip(table.columns, table.kinds, strict=True)) for table in manifest.tables}
    made = {
        table.name: sorted(zip(table.columns, table.kinds, strict=True))
        for table in list_tables(connection, scratch)
    }
    counters = {counter.name for counter in read_counters(connection, scratch)}
    if wanted != made or {counter.name for counter in manifest.counters} != counters:
        raise ShapeNotSame(release=manifest.release_name)
