"""A throw-away copy of a tenant's schema, rows and all: where a release is tried before a tenant gets it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from tenants.provisioning.dumping import Script
from tenants.provisioning.tables import (
    Table,
    list_tables_of,
    names_taking_room,
    read_counters,
    set_counters,
)


class ShapesDiffer(RuntimeError):
    """The script makes other tables than the source has: it belongs to another release."""


def copy_schema(connection: psycopg.Connection[Any], *, source: str, target: str, script: Script) -> int:
    """Make ``target`` from ``script`` with the rows of ``source`` as one moment saw them; says how many.

    ``connection`` is the owner's, idle and in autocommit: the copy is one
    transaction under one snapshot, so that keys fit together beside live
    traffic. The source is only read. No tenant's role may enter the copy.
    Raises ShapesDiffer; then, as after every failure, nothing is left.
    """
    with one_moment(connection):
        return copy_in_this_moment(connection, source=source, target=target, script=script)


@contextmanager
def one_moment(connection: psycopg.Connection[Any], *, thrown_away: bool = False) -> Iterator[None]:
    """A transaction that sees one snapshot; ``thrown_away``: and leaves nothing, whatever was done in it."""
    if not connection.autocommit or connection.info.transaction_status != TransactionStatus.IDLE:
        raise RuntimeError("a copy needs a connection in autocommit that is doing nothing else")
    with connection.transaction(force_rollback=thrown_away):
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def copy_in_this_moment(
    connection: psycopg.Connection[Any], *, source: str, target: str, script: Script
) -> int:
    """copy_schema within the caller's ``one_moment``."""
    halves = script.under(target)
    connection.execute(halves.pre_sql)
    copied = {
        table: _copy_rows(connection, table, source, target) for table in _filled(connection, source, target)
    }
    connection.execute(halves.post_sql)
    return _finish(connection, copied, source, target)


def fill_in_this_moment(connection: psycopg.Connection[Any], *, source: str, target: str) -> int:
    """The same into a ``target`` that stands whole, without a row: its triggers rest meanwhile, its keys are checked.

    Each row goes through every index and key, so that of many rows a new copy is made sooner.
    """
    tables = _filled(connection, source, target)
    _turn_triggers(connection, tables, target, "DISABLE")
    copied = {table: _copy_rows(connection, table, source, target) for table in tables}
    # Now, or no table with a key that waits for the commit could be altered; what is altered then waits again.
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    connection.execute("SET CONSTRAINTS ALL DEFERRED")
    _turn_triggers(connection, tables, target, "ENABLE")
    return _finish(connection, copied, source, target)


def copy_structure(connection: psycopg.Connection[Any], *, target: str, script: Script) -> None:
    """Make ``target`` from ``script``, without rows, in one transaction."""
    with connection.transaction():
        connection.execute("".join(script.under(target)))


def _turn_triggers(
    connection: psycopg.Connection[Any], tables: list[Table], target: str, how: LiteralString
) -> None:
    turning = sql.SQL(f"ALTER TABLE {{}} {how} TRIGGER USER")
    connection.execute(sql.SQL("; ").join(turning.format(table.within(target)) for table in tables))


def _filled(connection: psycopg.Connection[Any], source: str, target: str) -> list[Table]:
    tables, filled = _same_tables(connection, source, target), names_taking_room(connection, source)
    return [table for table in tables if table.name in filled]


def _finish(connection: psycopg.Connection[Any], copied: dict[Table, int], source: str, target: str) -> int:
    set_counters(connection, target, read_counters(connection, source))
    carried = [table.within(target) for table, rows in copied.items() if rows]
    if carried:
        connection.execute(sql.SQL("ANALYZE {}").format(sql.SQL(", ").join(carried)))
    return sum(copied.values())


def drop_schema(connection: psycopg.Connection[Any], schema: str) -> None:
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def _same_tables(connection: psycopg.Connection[Any], source: str, target: str) -> list[Table]:
    """Columns may stand in another order: a schema that came there by upgrades has the newer ones last."""
    found = list_tables_of(connection, [source, target])
    theirs, ours = ({table.name: table for table in found[schema]} for schema in (source, target))
    differing = sorted(
        name
        for name in {*theirs, *ours}
        if name not in theirs
        or name not in ours
        or sorted(zip(theirs[name].columns, theirs[name].kinds, strict=True))
        != sorted(zip(ours[name].columns, ours[name].kinds, strict=True))
    )
    if differing:
        raise ShapesDiffer(f"{source} and the script differ in {', '.join(differing)}")
    return list(ours.values())


def _copy_rows(connection: psycopg.Connection[Any], table: Table, source: str, target: str) -> int:
    if table.name == "django_migrations":  # the script brings these: the source's own take their place
        connection.execute(sql.SQL("DELETE FROM {}").format(table.within(target)))
    carry = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}").format(
        table.within(target), table.listed(), table.listed(), table.within(source)
    )
    return connection.execute(carry).rowcount
