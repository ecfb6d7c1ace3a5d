"""The tables of a schema as plain facts, for whoever carries rows from one place to another."""

from typing import Any, NamedTuple

import psycopg
from psycopg import sql


class Table(NamedTuple):
    """``columns`` in the order of the table, without generated ones: those are worked out again, never carried.

    ``key`` is the primary key's columns, ``kinds`` the types of ``columns`` as PostgreSQL writes them.
    """

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    key: tuple[str, ...]

    def within(self, schema: str) -> sql.Identifier:
        return sql.Identifier(schema, self.name)

    def listed(self) -> sql.Composed:
        return sql.SQL(", ").join(map(sql.Identifier, self.columns))


class Counter(NamedTuple):
    """A sequence and where it stands."""

    name: str
    last_value: int
    is_called: bool


_TABLES = """
SELECT c.relname::text,
       array_agg(a.attname::text ORDER BY a.attnum),
       array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum),
       coalesce((SELECT array_agg(k.attname::text ORDER BY array_position(i.indkey::int2[], k.attnum))
                   FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY(i.indkey)
                  WHERE i.indrelid = c.oid AND i.indisprimary), '{}')
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 WHERE n.nspname = %s AND c.relkind = 'r'
 GROUP BY c.oid, c.relname ORDER BY c.relname COLLATE "C"
"""
_SEQUENCES = """
SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = %s AND c.relkind = 'S' ORDER BY c.relname COLLATE "C"
"""


def list_tables(connection: psycopg.Connection[Any], schema: str) -> list[Table]:
    rows = connection.execute(_TABLES, [schema]).fetchall()
    return [Table(name, tuple(columns), tuple(kinds), tuple(key)) for name, columns, kinds, key in rows]


def read_counters(connection: psycopg.Connection[Any], schema: str) -> list[Counter]:
    """Sequences stand outside of snapshots: read after the rows, they are never behind them."""
    names = [name for (name,) in connection.execute(_SEQUENCES, [schema]).fetchall()]
    if not names:
        return []
    reading = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, last_value, is_called FROM {}").format(
            sql.Literal(name), sql.Identifier(schema, name)
        )
        for name in names
    )
    found = {name: Counter(name, *stand) for name, *stand in connection.execute(reading).fetchall()}
    return [found[name] for name in names]


def set_counters(connection: psycopg.Connection[Any], schema: str, counters: list[Counter]) -> None:
    connection.execute(
        "SELECT setval(name::regclass, last_value, is_called)"
        " FROM unnest(%s::text[], %s::bigint[], %s::boolean[]) AS counter (name, last_value, is_called)",
        [
            [sql.Identifier(schema, counter.name).as_string(connection) for counter in counters],
            [counter.last_value for counter in counters],
            [counter.is_called for counter in counters],
        ],
    )
