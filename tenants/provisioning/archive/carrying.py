"""Rows as CSV: out of a schema, into one, and their hash, the same in the archive and in the database.

The text of a value depends on the session, so the session is pinned. Rows stand
in the order of the primary key: the same rows make the same bytes anywhere, and
``psql -c "COPY (SELECT … ORDER BY id) TO STDOUT (FORMAT csv, HEADER)" | sha256sum`` tells it too.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql

from kernel.files.models import StoredFile
from tenants.provisioning.archive.errors import ArchiveBroken
from tenants.provisioning.archive.pacing import Pace
from tenants.provisioning.tables import Table

Connection = psycopg.Connection[Any]
FILES_TABLE = StoredFile._meta.db_table
_CHUNK = 1 << 18
_LEVEL = 3
_PIN = """
SELECT set_config('datestyle', 'ISO, YMD', false), set_config('intervalstyle', 'postgres', false),
       set_config('timezone', 'UTC', false), set_config('extra_float_digits', '1', false),
       set_config('bytea_output', 'hex', false), set_config('client_encoding', 'UTF8', false),
       set_config('max_parallel_workers_per_gather', '0', false),
       set_config('max_parallel_maintenance_workers', '0', false)
"""


class KeyMove(NamedTuple):
    """File keys carry the schema's name: ``before`` in the database, ``after`` in what is told."""

    before: str
    after: str


class Facts(NamedTuple):
    rows: int
    plain_bytes: int
    sha256: str


def pin(connection: Connection) -> None:
    """Settings that change how values are written, and one process a statement: others need the cores."""
    connection.execute(_PIN)


class RowsOut:
    """A header line and the rows of a table, in pieces of some 256 KB; ``facts`` when all of them were taken.

    ``empty`` leaves the rows where they are: short-lived secrets are not told.
    """

    def __init__(
        self,
        connection: Connection,
        table: Table,
        schema: str,
        *,
        move: KeyMove | None = None,
        empty: bool = False,
    ) -> None:
        self._connection = connection
        self._copying = sql.SQL(
            "COPY (SELECT {} FROM {} {} ORDER BY {}) TO STDOUT (FORMAT csv, HEADER true)"
        ).format(
            sql.SQL(", ").join(_told(table.name, column, move) for column in table.columns),
            table.within(schema),
            sql.SQL("WHERE false" if empty else ""),
            sql.SQL(", ").join(map(sql.Identifier, table.key or table.columns)),
        )
        self._rows, self._size, self._digest = 0, 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        with self._connection.cursor() as cursor:
            pace = Pace()
            with cursor.copy(self._copying) as copy:
                for piece in gathered(copy):
                    self._size += len(piece)
                    self._digest.update(piece)
                    yield piece
                    pace.rest()
            self._rows = cursor.rowcount

    @property
    def facts(self) -> Facts:
        return Facts(self._rows, self._size, self._digest.hexdigest())


def gathered(rows: Iterable[Any]) -> Iterator[bytes]:
    waiting: list[Any] = []
    size = 0
    for row in rows:
        waiting.append(row)
        size += len(row)
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def read_facts(connection: Connection, table: Table, schema: str, *, move: KeyMove | None = None) -> Facts:
    """Of the rows as they stand in the database now."""
    rows = RowsOut(connection, table, schema, move=move)
    for _piece in rows:
        pass
    return rows.facts


def _told(table: str, column: str, move: KeyMove | None) -> sql.Composable:
    name = sql.Identifier(column)
    if move is None or move.before == move.after or (table, column) != (FILES_TABLE, "key"):
        return name
    return sql.SQL("{} || substr({}, {}) AS {}").format(
        sql.Literal(move.after), name, sql.Literal(len(move.before) + 1), name
    )


def rows_in(connection: Connection, table: Table, schema: str, pieces: Iterable[bytes]) -> int:
    """Load rows into a table that this very transaction has made; says how many.

    They are written as old ones (FREEZE): nobody has to visit them again, and nobody sees them before the commit.
    """
    copying = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, HEADER match, FREEZE true)").format(
        table.within(schema), table.listed()
    )
    pace = Pace()
    with connection.cursor() as cursor:
        with cursor.copy(copying) as copy:
            for piece in pieces:
                copy.write(piece)
                pace.rest()
        return cursor.rowcount


def move_keys(connection: Connection, schema: str, move: KeyMove) -> None:
    """Before the trigger that guards them is there: under another schema's name the keys are others."""
    connection.execute(
        sql.SQL("UPDATE {} SET key = {} || substr(key, {})").format(
            sql.Identifier(schema, FILES_TABLE), sql.Literal(move.after), sql.Literal(len(move.before) + 1)
        )
    )


def gzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Without name and time inside: the same rows make the same member."""
    press = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    for piece in pieces:
        yield press.compress(piece)
    yield press.flush()


def gunzip(pieces: Iterable[bytes], *, member: str, plain_bytes: int | None) -> Iterator[bytes]:
    """Never more than is declared, and never more than a piece at a time: a bomb is refused, not unpacked."""
    press, total = zlib.decompressobj(31), 0
    for packed in pieces:
        for plain in _unpacked(press, packed, member):
            total += len(plain)
            if plain_bytes is not None and total > plain_bytes:
                raise ArchiveBroken(member=member, why=_("giải nén ra lớn hơn cỡ đã khai"))
            yield plain
    if not press.eof or (plain_bytes is not None and total != plain_bytes):
        raise ArchiveBroken(member=member, why=_("nội dung nén không trọn vẹn"))


def _unpacked(press: Any, packed: bytes, member: str) -> Iterator[bytes]:
    while True:
        if press.eof:
            raise ArchiveBroken(member=member, why=_("có dữ liệu thừa sau nội dung nén"))
        try:
            plain = press.decompress(packed, _CHUNK)
        except zlib.error:
            raise ArchiveBroken(member=member, why=_("nội dung nén bị hỏng")) from None
        if plain:
            yield plain
        packed = press.unconsumed_tail
        if press.unused_data:
            raise ArchiveBroken(member=member, why=_("có dữ liệu thừa sau nội dung nén"))
        if press.eof or (not packed and len(plain) < _CHUNK):
            return
