"""django-tenants' backend, with our search_path and a role per tenant.

What is different, each for a measured failure: ``public`` is never behind a
tenant (a missing table must fail, not fall back to the centre's), the role is
set in the same statement (a wrong schema answers "permission denied"), and a
statement that could not set them stops the work instead of going on with the
tenant of before.

A tenant that may only be read, or that has retired, is guarded by the database:
its transactions begin read-only, so that a way of writing that nobody thought of
fails instead of writing. See ``_bind`` for what that takes.
"""

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql.psycopg_any import is_psycopg3
from django_tenants.postgresql_backend import base as stock
from django_tenants.utils import get_public_schema_name
from psycopg import OperationalError
from psycopg.errors import ReadOnlySqlTransaction
from psycopg.pq import ConnStatus, TransactionStatus

from tenants.registry.roles import role_name

EXTENSIONS_SCHEMA = "extensions"
WAIT_WHILE_AWAY_SECONDS = 1.0

assert is_psycopg3  # noqa: S101 - the pool and the transaction status below are psycopg 3's


# By the words themselves: a backend is loaded before any model is.
_GUARDED = frozenset({"READ_ONLY", "RETIRED"})
_SET = (
    "SELECT set_config('search_path', %s, false), set_config('role', %s, false),"
    " set_config('default_transaction_read_only', %s, false)"
)


def is_write_refused(error: BaseException) -> bool:
    """Whether the database has refused to write for a tenant that may only be read."""
    return isinstance(error.__cause__ or error, ReadOnlySqlTransaction)


def is_unreachable(error: BaseException | None) -> bool:
    """Whether the database did not answer at all: away, starting, or the connection was lost on the way."""
    found = error.__cause__ or error if error is not None else None
    if not isinstance(found, OperationalError):
        return False
    return found.sqlstate is None or found.sqlstate.startswith(("08", "57P"))


def _was_cut(connection: Any) -> bool:
    """Nobody is asked, which would cost every request a round trip: what the server said last waits on the socket."""
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    try:
        while waiting.poll(0):
            connection.pgconn.consume_input()
    except OperationalError:
        return True
    return connection.pgconn.status != ConnStatus.OK


class DatabaseWrapper(stock.DatabaseWrapper):
    _owner_mode = False
    _writing = False
    _only_reading = False
    # What a transaction begins with on the server: what was set last, or None when a rollback may have undone it.
    _begins: str | None = "off"
    _ever_read_only = False
    _setting_search_path: bool
    search_path_set_schemas: tuple[str, str, str] | None

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

    @contextmanager
    def only_reading(self) -> Iterator[None]:
        """Transactions that begin inside are read-only, those that begin with a look at the centre as well."""
        before, self._only_reading = self._only_reading, True
        try:
            yield
        finally:
            self._only_reading = before

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Transactions that begin inside are read-write, whatever guards the tenant."""
        before, self._writing = self._writing, True
        try:
            yield
        finally:
            self._writing = before

    def _wanted(self) -> tuple[str, str, str]:
        """The search_path, the role and whether transactions begin read-only, for the present tenant."""
        schema = self.schema_name
        stock._check_schema_name(schema)
        path = f"{stock.quote_schema_name(schema)}, {EXTENSIONS_SCHEMA}"
        own = self._owner_mode or schema == get_public_schema_name()
        guarded = self._only_reading or (not own and getattr(self.tenant, "state", "") in _GUARDED)
        role = "none" if own else role_name(database=self.settings_dict["NAME"], schema=schema)
        return path, role, "on" if guarded and not self._writing else "off"

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
            self._bind(own or cursor, wanted)
        except BaseException:
            self.search_path_set_schemas = None
            raise
        finally:
            self._setting_search_path = False
            if own is not None:
                own.close()
        self.search_path_set_schemas = wanted

    def _bind(self, cursor: Any, wanted: tuple[str, str, str]) -> None:
        """One statement. A second one only where the very transaction that this begins would be of the wrong sort:
        it has begun by what was set before, for the tenant of before."""
        begins = self.connection.info.transaction_status == TransactionStatus.IDLE
        if begins and not self.connection.autocommit and self._begins != wanted[2]:
            cursor.execute(f"SET TRANSACTION READ {'ONLY' if wanted[2] == 'on' else 'WRITE'}")
        self._ever_read_only |= wanted[2] == "on"
        cursor.execute(_SET, wanted)
        self._begins = wanted[2]

    def rollback(self) -> None:
        self._forget_how_it_begins()
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        self._forget_how_it_begins()
        super().savepoint_rollback(sid)

    def _forget_how_it_begins(self) -> None:
        if self._ever_read_only:
            self._begins = None

    def get_new_connection(self, conn_params: Any) -> Any:
        """One that the server has not cut meanwhile: after a restart of the database each connection of the pool would
        else cost somebody a page of failure."""
        self._begins, self._ever_read_only = "off", False
        while True:
            connection = self._take(conn_params)
            if not self.pool or not _was_cut(connection):
                return connection
            connection.close()
            self.pool.putconn(connection)  # which throws it away, and makes another

    def _take(self, conn_params: Any) -> Any:
        """The first to find the database away wait as long as a restart takes; those who come after them are told soon,
        until somebody has had a connection again: else every thread of the server waits and nobody reads the page."""
        if not self.pool:
            return super().get_new_connection(conn_params)
        pool, patience = self.pool, self.settings_dict["OPTIONS"]["pool"]["timeout"]
        try:
            connection = super().get_new_connection(conn_params)
        except OperationalError:  # the pool's own is one: to import it would cost every command its start
            pool.timeout = min(WAIT_WHILE_AWAY_SECONDS, patience)
            raise
        pool.timeout = patience
        return connection

    def _close(self) -> None:
        """A connection goes back to the pool as it came: the next one to take it may begin with a transaction."""
        if self.connection is not None and self._ever_read_only and self.pool:
            try:
                self.connection.rollback()
                self.connection.autocommit = True
                self.connection.execute("SET default_transaction_read_only = off")
            except OperationalError:
                self.connection.close()  # the pool throws away what is closed
        super()._close()
