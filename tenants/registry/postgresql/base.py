"""django-tenants' backend, with our search_path and a role per tenant.

What is different, each for a measured failure: ``public`` is never behind a
tenant (a missing table must fail, not fall back to the centre's), the role is
set in the same statement (a wrong schema answers "permission denied"), and a
statement that could not set them stops the work instead of going on with the
tenant of before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql.psycopg_any import is_psycopg3
from django_tenants.postgresql_backend import base as stock
from django_tenants.utils import get_public_schema_name
from psycopg.pq import TransactionStatus

from tenants.registry.roles import role_name

EXTENSIONS_SCHEMA = "extensions"

assert is_psycopg3  # noqa: S101 - the pool and the transaction status below are psycopg 3's


class DatabaseWrapper(stock.DatabaseWrapper):
    _owner_mode = False
    _setting_search_path: bool
    search_path_set_schemas: tuple[str, str] | None

    @contextmanager
    def owner_mode(self) -> Iterator[None]:
        """As the owner of the tables instead of the tenant's role: only for provisioning and migrating."""
        before, self._owner_mode = self._owner_mode, True
        self.search_path_set_schemas = None
        try:
            yield
        finally:
            self._owner_mode = before
            self.search_path_set_schemas = None

    def _wanted(self) -> tuple[str, str]:
        """The search_path and the role for the present tenant."""
        schema = self.schema_name
        stock._check_schema_name(schema)
        path = f"{stock.quote_schema_name(schema)}, {EXTENSIONS_SCHEMA}"
        if self._owner_mode or schema == get_public_schema_name():
            return path, "none"
        return path, role_name(database=self.settings_dict["NAME"], schema=schema)

    def _handle_search_path(self, cursor: Any = None) -> None:
        if self._setting_search_path:
            return
        wanted = self._wanted()
        if self.search_path_set_schemas == wanted:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            # Only a rollback can follow, and it forgets what was set: the next cursor sets it anew.
            self.search_path_set_schemas = None
            return
        self._setting_search_path = True
        own = self.connection.cursor() if cursor is None else None
        try:
            (own or cursor).execute(
                "SELECT set_config('search_path', %s, false), set_config('role', %s, false)", wanted
            )
        except BaseException:
            self.search_path_set_schemas = None
            raise
        finally:
            self._setting_search_path = False
            if own is not None:
                own.close()
        self.search_path_set_schemas = wanted
