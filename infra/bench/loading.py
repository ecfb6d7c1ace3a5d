"""A great many dossiers at once, by SQL: indexes and keys are dropped before and made again after.

The CHECKs stay: every row that is loaded is one that the services could have written.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from infra.bench.places import COLUMNS, TOKEN, list_places, name_parts
from infra.bench.progress import say, step
from tenants.provisioning.migrating import as_owner
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant

LOADED = (
    "dossiers_dossier", "dossiers_party", "dossiers_component", "audit_entry",
    "workflow_run", "workflow_step", "deadlines_clock",
)  # fmt: skip
_SQL = Path(__file__).with_name("loading.sql")
_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('f', 'u') AND conrelid = ANY(%s::regclass[])
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary
"""


def load_dossiers(tenant: Tenant, *, count: int, now: datetime) -> None:
    with tenant_context(tenant):
        places = list_places(now)
    if not places:
        say(f"  {tenant.code}: không có nơi tiếp nhận nào, không nạp hồ sơ")
        return
    with as_owner(tenant.schema_name):
        with transaction.atomic(), connection.cursor() as cursor:
            _lay_out(cursor, places)
            keys, indexes = _drop_keys(cursor)
            for title, sql in _statements():
                with step(f"{tenant.code}: {title}"):
                    # Only what has places in it goes through parameters: a % in the rest is a %.
                    cursor.execute(sql, _params(count, now))
            with step(f"{tenant.code}: chỉ mục và khóa"):
                _make_keys(cursor, keys, indexes)
        connection.set_autocommit(True)
        with step(f"{tenant.code}: VACUUM ANALYZE"), connection.cursor() as cursor:
            cursor.execute(f"VACUUM (ANALYZE) {', '.join(LOADED)}, dossiers_codecounter")


def _statements() -> list[tuple[str, str]]:
    """Each begins with a line ``-- title``."""
    parts = _SQL.read_text().split("\n-- ")[1:]
    return [(title, sql) for title, _, sql in (part.partition("\n") for part in parts)]


def _params(count: int, now: datetime) -> dict[str, Any]:
    return {"count": count, "now": now, "token": TOKEN, **name_parts()}


def _lay_out(cursor: Any, places: list[dict[str, Any]]) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    cursor.execute(f"CREATE TEMP TABLE place (n int PRIMARY KEY, {columns}) ON COMMIT DROP")
    marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
    rows = [
        (n, *(_plain(place[name], kind) for name, kind in COLUMNS.items())) for n, place in enumerate(places)
    ]
    cursor.executemany(f"INSERT INTO place VALUES ({marks})", rows)  # noqa: S608 - marks alone
    cursor.execute("SELECT setseed(0.2611)")


def _plain(value: Any, kind: str) -> Any:
    return json.dumps(value, ensure_ascii=False) if kind == "jsonb" else value


def _drop_keys(cursor: Any) -> tuple[list[tuple[str, str, str]], list[str]]:
    cursor.execute(_KEYS, [list(LOADED)])
    keys = cursor.fetchall()
    for table, name, _definition in keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    cursor.execute(_INDEXES, [list(LOADED)])
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return keys, [definition for _name, definition in indexes]


def _make_keys(cursor: Any, keys: list[tuple[str, str, str]], indexes: list[str]) -> None:
    for definition in indexes:
        cursor.execute(definition)
    for table, name, definition in keys:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
