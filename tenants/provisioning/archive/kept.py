"""The schemas that a restore has put aside, and what they still claim."""

from datetime import datetime
from typing import Any

from django.db import connection

from tenants.provisioning.archive.carrying import FILES_TABLE
from tenants.provisioning.migrating import as_owner
from tenants.registry.context import get_current_tenant

_PUT_ASIDE = "replaced"


def name_for(cursor: Any, schema: str, now: datetime) -> str:
    """``h21_replaced_20261125``; a second one on the same day gets a number."""
    plain = f"{schema}_{_PUT_ASIDE}_{now:%Y%m%d}"
    taken = set(list_kept(cursor, schema))
    return next(name for name in (plain, *(f"{plain}_{n}" for n in range(2, 1000))) if name not in taken)


def list_kept(cursor: Any, schema: str) -> list[str]:
    cursor.execute(
        "SELECT nspname::text FROM pg_namespace WHERE starts_with(nspname::text, %s) ORDER BY 1",
        [f"{schema}_{_PUT_ASIDE}_"],
    )
    return [name for (name,) in cursor.fetchall()]


def find_kept_keys(folder: str) -> set[str]:
    """File keys below ``folder`` that rows of the tenant's schemas put aside claim: going back must find its files."""
    schema = get_current_tenant().schema_name
    found: set[str] = set()
    with as_owner("public"), connection.cursor() as cursor:
        for kept in list_kept(cursor, schema):
            cursor.execute(
                f"SELECT key FROM {kept}.{FILES_TABLE} WHERE starts_with(key, %s)",  # noqa: S608 - names of our own
                [f"{folder}/"],
            )
            found.update(key for (key,) in cursor.fetchall())
    return found
