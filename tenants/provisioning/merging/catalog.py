"""What PostgreSQL says of a tenant's schema, and what of it nobody declared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tenants.provisioning.merging.plan import Declaration, Move

_COLUMNS = """
SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname, a.attnum
"""
_KEYS = """
SELECT t.relname::text, a.attname::text, r.relname::text
  FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
 WHERE k.contype = 'f' AND k.connamespace = %s::regnamespace
"""
_UNIQUE = """
SELECT t.relname::text, x.relname::text, pg_get_expr(i.indpred, i.indrelid),
       ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS n(att, at)
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = n.att ORDER BY n.at)
  FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
 WHERE i.indisunique AND NOT i.indisprimary AND i.indexprs IS NULL AND t.relnamespace = %s::regnamespace
"""
_MAY_HOLD_A_PATH = re.compile(r"(^|_)path$")


@dataclass(frozen=True, slots=True)
class Unique:
    table: str
    name: str
    predicate: str | None
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """``columns``: table → column → (type, may be null); ``keys``: (table, column) → table it points to."""

    columns: dict[str, dict[str, tuple[str, bool]]]
    keys: dict[tuple[str, str], str]
    uniques: tuple[Unique, ...]

    def points_to_itself(self, table: str) -> bool:
        return any(source == table == target for (source, _), target in self.keys.items())


def read_catalog(cursor: Any, schema: str) -> Catalog:
    columns: dict[str, dict[str, tuple[str, bool]]] = {}
    cursor.execute(_COLUMNS, [schema])
    for table, column, kind, nullable in cursor.fetchall():
        columns.setdefault(table, {})[column] = (kind, nullable)
    cursor.execute(_KEYS, [schema])
    keys = {(table, column): target for table, column, target in cursor.fetchall()}
    cursor.execute(_UNIQUE, [schema])
    uniques = tuple(Unique(table, name, pred, tuple(cols)) for table, name, pred, cols in cursor.fetchall())
    return Catalog(columns, keys, uniques)


def find_undeclared(catalog: Catalog, declaration: Declaration) -> Iterator[str]:
    """Sentences for programmers: what the declaration does not say, or says of something that is not there."""
    declared = [table.table for table in declaration.tables]
    yield from (f"{table}: not declared" for table in catalog.columns if table not in declared)
    yield from (f"{table}: declared, but there is none" for table in declared if table not in catalog.columns)
    yield from (f"{table}: declared twice" for table in set(declared) if declared.count(table) > 1)
    order = {move.table: index for index, move in enumerate(declaration.moves)}
    for move in declaration.moves:
        if move.table in catalog.columns:
            yield from _find_in(move, catalog, order)


def _find_in(move: Move, catalog: Catalog, order: dict[str, int]) -> Iterator[str]:
    columns = catalog.columns[move.table]
    said = {*move.references, *move.adapts, *move.plain, *(move.file or ())}
    yield from (f"{move.table}.{name}: declared, but there is none" for name in sorted(said - columns.keys()))
    for name, (kind, _) in columns.items():
        target = catalog.keys.get((move.table, name))
        if target is not None:
            late = order.get(target, len(order)) > order[move.table]
            if late:
                yield f"{move.table}.{name}: points to {target}, which does not move before it"
        elif name != "id" and name not in said and _may_refer(name, kind):
            yield f"{move.table}.{name} ({kind}): not declared"
    if columns.get("id", ("", True))[0] != "bigint":
        yield f"{move.table}: its key is not a BIGINT id"


def _may_refer(name: str, kind: str) -> bool:
    return kind in {"bigint", "jsonb", "json", "bigint[]"} or _MAY_HOLD_A_PATH.search(name) is not None
