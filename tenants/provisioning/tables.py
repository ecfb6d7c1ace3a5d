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


# By what depends on the schema, which has an index. pg_class has none by schema, and a fleet fills it with some hundred
# thousand rows.
_OWN = """
SELECT n.nspname::text AS schema, c.oid, c.relname::text AS name, c.relkind AS kind
  FROM pg_namespace n
  JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid
                  AND d.classid = 'pg_class'::regclass
  JOIN pg_class c ON c.oid = d.objid
 WHERE n.nspname = ANY(%s)
"""
_TABLES = f"""
WITH own AS MATERIALIZED ({_OWN})
SELECT own.schema, own.name,
       array_agg(a.attname::text ORDER BY a.attnum),
       array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum),
       coalesce((SELECT array_agg(k.attname::text ORDER BY array_position(i.indkey::int2[], k.attnum))
                   FROM pg_index i JOIN pg_attribute k ON k.attrelid = own.oid AND k.attnum = ANY(i.indkey)
                  WHERE i.indrelid = own.oid AND i.indisprimary), '{{}}')
  FROM own
  JOIN pg_attribute a ON a.attrelid = own.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 WHERE own.kind = 'r'
 GROUP BY own.schema, own.oid, own.name ORDER BY own.name COLLATE "C"
"""  # noqa: S608
_TAKING_ROOM = f"""
WITH own AS MATERIALIZED ({_OWN})
SELECT oid, name FROM own WHERE kind = 'r' AND pg_relation_size(oid) > 0
"""  # noqa: S608
_SEQUENCES = f"""
WITH own AS MATERIALIZED ({_OWN}) SELECT name FROM own WHERE kind = 'S' ORDER BY name COLLATE "C"
"""  # noqa: S608


def list_tables(connection: psycopg.Connection[Any], schema: str) -> list[Table]:
    return list_tables_of(connection, [schema])[schema]


def list_tables_of(connection: psycopg.Connection[Any], schemas: list[str]) -> dict[str, list[Table]]:
    """By schema; an empty list for one that is absent or has none."""
    found: dict[str, list[Table]] = {schema: [] for schema in schemas}
    for schema, name, columns, kinds, key in connection.execute(_TABLES, [schemas]).fetchall():
        found[schema].append(Table(name, tuple(columns), tuple(kinds), tuple(key)))
    return found


def names_taking_room(connection: psycopg.Connection[Any], schema: str) -> set[str]:
    """Tables with a page of their own: a snapshot from before this look sees no row in any other.

    A page goes away only when no snapshot sees a row of it, or by TRUNCATE, which no snapshot outlasts.
    """
    return {name for _oid, name in connection.execute(_TAKING_ROOM, [[schema]]).fetchall()}


def bytes_of_rows(connection: psycopg.Connection[Any], schema: str) -> int:
    """What the tables with rows take on disk, with their indexes; 0 when there is no such schema.

    An empty table is not asked for the size of its indexes: to open some two hundred takes longer than a birth.
    """
    row = connection.execute(
        f"SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM ({_TAKING_ROOM}) AS filled",  # noqa: S608
        [[schema]],
    ).fetchone()
    return int(row[0]) if row else 0


def read_counters(connection: psycopg.Connection[Any], schema: str) -> list[Counter]:
    """Sequences stand outside of snapshots: read after the rows, they are never behind them."""
    names = [name for (name,) in connection.execute(_SEQUENCES, [[schema]]).fetchall()]
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
