"""Connections of the fleet's own work: as the owner of the tables, outside Django's pool, one a thread."""

import hashlib
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

LOCK_SECONDS = 2  # how long an upgrade waits for a lock before it lets the people work on and tries again


def connect(*, name: str) -> "psycopg.Connection[Any]":
    """In autocommit; ``name`` is what an administrator sees in pg_stat_activity."""
    database = connections.settings[DEFAULT_DB_ALIAS]  # not the backend's: that loads models
    return psycopg.connect(
        host=database["HOST"],
        port=database["PORT"] or None,
        user=database["USER"],
        password=database["PASSWORD"],
        dbname=database["NAME"],
        autocommit=True,
        connect_timeout=10,
        application_name=f"motcua {name}"[:60],
        options=f"-c lock_timeout={LOCK_SECONDS}s -c search_path=public",
    )


def lock_key(*parts: object) -> int:
    """A key for PostgreSQL's advisory locks: 63 bits out of plain words."""
    digest = hashlib.sha256("\0".join(str(part) for part in ("motcua", *parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def tenant_lock(tenant_id: int) -> int:
    """Held by whoever changes the schema of a tenant as a whole: an upgrade, a restore, a merge."""
    return lock_key("tenant", tenant_id)
