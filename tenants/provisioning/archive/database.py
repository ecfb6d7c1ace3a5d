"""The database's side of an archive: its locks, and its refusals without the words that could name a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from tenants.provisioning.archive.errors import DatabaseRefused, SchemaInWork


@contextmanager
def without_its_words() -> Iterator[None]:
    """PostgreSQL quotes rows in its errors: code, table and rule are all that goes on."""
    try:
        yield
    except psycopg.Error as fault:
        said = fault.diag
        raise DatabaseRefused(
            sqlstate=fault.sqlstate or type(fault).__name__,
            table=said.table_name or "",
            rule=said.constraint_name or "",
        ) from None


@contextmanager
def holding(
    connection: psycopg.Connection[Any], key: int, *, name: str, shared: bool = False
) -> Iterator[None]:
    """An advisory lock for the time of the block. It goes with the connection: a killed process keeps nothing.

    Raises SchemaInWork when somebody else has it; ``name`` is whose schema it is.
    """
    kind = "_shared" if shared else ""
    row = connection.execute(f"SELECT pg_try_advisory_lock{kind}(%s)", [key]).fetchone()
    if not row or not row[0]:
        raise SchemaInWork(tenant=name)
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute(f"SELECT pg_advisory_unlock{kind}(%s)", [key])
