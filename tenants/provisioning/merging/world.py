"""The two tenants while they are merged: asking both, and from old keys to new ones."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from tenants.provisioning.merging.catalog import Catalog, read_catalog
from tenants.provisioning.merging.plan import Pair, Row

_KEPT_KEYS = 50_000  # of one table in the memory; beyond that they are asked for anew


class World:
    """``facts``: what the declaration's ``prepare`` found out. ``memo``: a note for one batch, emptied before each."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.facts: dict[str, Any] = {}
        self.memo: dict[Any, Any] = {}
        self._keys: dict[str, dict[int, int | None]] = {}
        with connection.cursor() as cursor:
            self.catalog: Catalog = read_catalog(cursor, pair.from_schema)

    def ask(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """``<from>``, ``<into>`` and ``<work>`` in the statement are the three schemas."""
        with connection.cursor() as cursor:
            cursor.execute(self.named(sql), params or None)
            return cursor.fetchall() if cursor.description else []

    def ask_one(self, sql: str, *params: Any) -> Any:
        return self.ask(sql, *params)[0][0]

    def do(self, sql: str, *params: Any) -> int:
        """The number of rows that the statement touched."""
        with connection.cursor() as cursor:
            cursor.execute(self.named(sql), params or None)
            return int(cursor.rowcount)

    def named(self, sql: str) -> str:
        names = (
            ("<from>", self.pair.from_schema),
            ("<into>", self.pair.into_schema),
            ("<work>", self.pair.work),
        )
        for place, schema in names:
            sql = sql.replace(place, f'"{schema}"')
        return sql

    def new_key(self, table: str, old: int | str | None) -> int | None:
        """None for a row that stays behind, and for a key that nobody has."""
        if old is None:
            return None
        known = self._keys.setdefault(table, {})
        if int(old) not in known:
            self.look_up(table, [int(old)])
        return known[int(old)]

    def look_up(self, table: str, olds: Iterable[int]) -> None:
        """The new keys of many rows in one statement."""
        known = self._keys.setdefault(table, {})
        if len(known) > _KEPT_KEYS:
            known.clear()
        missing = [old for old in set(olds) if old not in known]
        if missing:
            known.update(dict.fromkeys(missing))
            known.update(
                self.ask(
                    "SELECT old_id, new_id FROM <work>.idmap WHERE tbl = %s AND old_id = ANY(%s)",
                    table,
                    missing,
                )
            )

    def forget_keys(self) -> None:
        """After the keys were given out: what was looked up before knew none."""
        self._keys.clear()

    def rename(self, table: str, row: Row, column: str, became: str) -> None:
        """Change a name that the other tenant has already, and put it down for the report."""
        self.do(
            "INSERT INTO <work>.renamed (tbl, new_id, was, became) VALUES (%s, %s, %s, %s)",
            table,
            row["id"],
            row[column],
            became,
        )
        row[column] = became
