"""The schemas that a restore has put aside, and what they still claim."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from tenants.provisioning.archive.carrying import FILES_TABLE
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.tables import bytes_of_rows
from tenants.registry.context import get_current_tenant
from tenants.registry.models import Tenant

_PUT_ASIDE = "replaced"


class Kept(NamedTuple):
    """``day``: on which it was put aside, in Viet Nam; ``size``: bytes on disk, indexes included."""

    schema: str
    day: date
    size: int


def list_kept_of(tenant: Tenant) -> list[Kept]:
    """What restores of this tenant have put aside and nobody has dropped, oldest first."""
    with as_owner("public"), connection.cursor() as cursor:
        return [
            Kept(name, _day_of(name), bytes_of_rows(cursor.connection, name))
            for name in list_kept(cursor, tenant.schema_name)
        ]


def _prefix(schema: str) -> str:
    return f"{schema}_{_PUT_ASIDE}_"


def _day_of(name: str) -> date:
    return datetime.strptime(name.partition(f"_{_PUT_ASIDE}_")[2][:8], "%Y%m%d").date()  # noqa: DTZ007 - a day alone


def name_for(cursor: Any, schema: str, now: datetime) -> str:
    """``h21_replaced_20261125``; a second one on the same day gets a number."""
    plain = f"{_prefix(schema)}{timezone.localdate(now):%Y%m%d}"
    taken = set(list_kept(cursor, schema))
    return next(name for name in (plain, *(f"{plain}_{n}" for n in range(2, 1000))) if name not in taken)


def list_kept(cursor: Any, schema: str) -> list[str]:
    cursor.execute(
        "SELECT nspname::text FROM pg_namespace WHERE nspname ~ %s ORDER BY 1",
        [f"^{_prefix(schema)}[0-9]{{8}}(_[0-9]+)?$"],
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
