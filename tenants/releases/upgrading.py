"""One schema from its release to the next ones.

What can be one transaction is one: the SQL of the release, the notes in
django_migrations, the rights of new tables, the tenant's release number and its
line on the board stand and fall together. The fingerprint is checked before the
first table is locked: what is locked afterwards is locked for milliseconds.
Indexes that are built beside running work and backfills cannot be: each is
noted when it is done, and a rerun goes on behind it.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from tenants.provisioning.shape import Piece, read_fingerprints, read_shapes
from tenants.releases.chain import Compiled, Step
from tenants.releases.connecting import tenant_lock
from tenants.releases.differences import compare, say_shortly
from tenants.releases.enums import StepKind
from tenants.releases.outlasting import build_beside_work

Connection = psycopg.Connection[Any]
_INDEX = re.compile(
    r'CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)"?', re.IGNORECASE
)
BATCH = 1000


class Busy(Exception):
    """Somebody else changes this schema as a whole right now."""


class Drifted(Exception):
    """The schema would not be what the release makes; the message names objects."""


@dataclass(frozen=True, slots=True)
class Target:
    """A schema to upgrade. ``tenant_id`` is None for a rehearsal's copy, which no registry row speaks of.

    ``filled``: migration → the last key that a backfill has handled already.
    """

    schema: str
    role: str
    tenant_id: int | None
    filled: dict[str, int] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where the SQL of a release finds what it names without a schema."""
        return f'search_path = "{self.schema}", extensions'

    def table(self, name: str) -> sql.Identifier:
        return sql.Identifier(self.schema, name)


Done = Callable[[], sql.Composable]  # what writes the board's line, in the closing transaction
Filled = Callable[[Connection, str, int], None]  # migration and last key, inside the batch's transaction
Rest = Callable[[float], None]  # after a batch that began then, outside its transaction


def upgrade(
    connection: Connection,
    target: Target,
    chain: list[Compiled],
    *,
    seat_done: Done | None,
    filled: Filled,
    rest: Rest,
    foreseen: str | None = None,
    known: dict[str, str] | None = None,
) -> None:
    """Carry ``target`` through ``chain``. What ``seat_done`` gives is the end of the last transaction.

    ``foreseen`` is the fingerprint that the schema had a moment ago, where somebody has looked; ``known`` are the
    fingerprints of this rollout's other schemas, by likeness.

    Raises Busy, Drifted, and whatever PostgreSQL says; what was one transaction
    has then changed nothing.
    """
    for release in chain:
        looked = release is chain[0] and foreseen == release.before.fingerprint
        left: list[Step] | None = None
        if not release.is_one_transaction:
            left = _carry_pieces(connection, target, release, filled, rest, known, looked=looked)
        with _closing(connection, target, release, left) as (pending, told):
            untouched = len(pending) == len(release.steps)
            if untouched and not looked:
                _require(connection, target, release.before.fingerprint, release.before.shape, known)
            told.extend(_replayed(target, pending))
            # A schema that was as the release before, and got its SQL in one piece, is as the release: looking again
            # would only keep the people waiting for the tables that are locked by now. A rehearsal keeps nobody.
            if not untouched or target.tenant_id is None:
                _send(connection, told)
                told.clear()
                _require(connection, target, release.fingerprint, release.shape, known)
            told.extend(_closed(target, release))
            if release is chain[-1] and seat_done is not None:
                told.append(seat_done())


def _carry_pieces(
    connection: Connection,
    target: Target,
    release: Compiled,
    filled: Filled,
    rest: Rest,
    known: dict[str, str] | None,
    *,
    looked: bool,
) -> list[Step]:
    """All that commits on its way; what is left fits into the closing transaction."""
    pending = _pending(release, connection.execute(_asking(target, release)).fetchall())
    if len(pending) == len(release.steps) and not looked:
        _require(connection, target, release.before.fingerprint, release.before.shape, known)
    for kind, steps in _runs(pending):
        if kind is StepKind.TRANSACTION:
            if steps[-1] is pending[-1]:
                return steps
            with connection.transaction():
                _lock(connection, target)
                _send(connection, _replayed(target, steps))
        elif kind is StepKind.CONCURRENT_INDEX:
            for step in steps:
                _build_index(connection, target, step)
        else:
            for step in steps:
                _fill(connection, target, step, filled, rest)
    return []


@contextmanager
def _closing(
    connection: Connection, target: Target, release: Compiled, left: list[Step] | None
) -> Iterator[tuple[list[Step], list[sql.Composable]]]:
    """The last transaction: the steps that are ``left``, or pending; and a list of what goes with the COMMIT.

    One message begins it and one ends it: to ask and to wait for each part costs the two of them more than the work
    itself. Raises Busy.
    """
    told: list[sql.Composable] = []
    asking = _asking(target, release)
    if target.tenant_id is None:  # a rehearsal's, which may be inside of a transaction that is thrown away
        with connection.transaction():
            found = connection.execute(asking).fetchall()
            yield _pending(release, found) if left is None else left, told
            _send(connection, told)
        return
    try:
        begun = connection.execute(sql.SQL("; ").join((sql.SQL("BEGIN"), _locking(target.tenant_id), asking)))
        _require_lock(begun.set_result(1))
        found = begun.set_result(2).fetchall()
        yield _pending(release, found) if left is None else left, told
        _send(connection, [*told, sql.SQL("COMMIT")])
    except BaseException:
        if not connection.closed:
            connection.rollback()
        raise


def _asking(target: Target, release: Compiled) -> sql.Composed:
    """For those of the release's migrations that are noted."""
    names = [step.migration for step in release.steps]
    return sql.SQL("SELECT app, name FROM {} WHERE name = ANY({})").format(
        target.table("django_migrations"), names
    )


def _pending(release: Compiled, applied: Iterable[tuple[str, str]]) -> list[Step]:
    applied = set(applied)
    return [step for step in release.steps if (step.app, step.migration) not in applied]


def _runs(steps: list[Step]) -> Iterator[tuple[StepKind, list[Step]]]:
    """Steps of one kind that follow each other."""
    run: list[Step] = []
    for step in steps:
        if run and run[0].kind is not step.kind:
            yield run[0].kind, run
            run = []
        run.append(step)
    if run:
        yield run[0].kind, run


def _lock(connection: Connection, target: Target) -> None:
    if target.tenant_id is not None:
        _require_lock(connection.execute(_locking(target.tenant_id)))


def _locking(tenant_id: int) -> sql.Composed:
    return sql.SQL("SELECT pg_try_advisory_xact_lock({})").format(tenant_lock(tenant_id))


def _require_lock(answer: "psycopg.Cursor[Any]") -> None:
    row = answer.fetchone()
    if not row or not row[0]:
        raise Busy


def _send(connection: Connection, told: list[sql.Composable]) -> None:
    if told:
        connection.execute(sql.SQL(";\n").join(told))


def _replayed(target: Target, steps: list[Step]) -> list[sql.Composable]:
    """The SQL of the steps, which names no schema, and their notes. All that is ours names its schema."""
    scripts: list[sql.Composable] = [sql.SQL(step.sql.rstrip("; \n")) for step in steps if step.sql]
    if scripts:
        scripts = [sql.SQL(f"SET LOCAL {target.path}"), *scripts]
    return [*scripts, *_noted(target, steps)]


def _noted(target: Target, steps: list[Step]) -> list[sql.Composable]:
    rows = [sql.SQL("({}, {}, now())").format(step.app, step.migration) for step in steps if step.is_last]
    if not rows:
        return []
    noting = sql.SQL("INSERT INTO {} (app, name, applied) VALUES {}")
    return [noting.format(target.table("django_migrations"), sql.SQL(", ").join(rows))]


def _closed(target: Target, release: Compiled) -> list[sql.Composable]:
    if target.tenant_id is None:
        return []
    grants = release.grants(target.schema, target.role)
    moved = sql.SQL("UPDATE public.registry_tenant SET release = {} WHERE id = {}")
    return [
        *([sql.SQL(grants.rstrip(";"))] if grants else []),
        moved.format(release.number, target.tenant_id),
    ]


def _require(
    connection: Connection,
    target: Target,
    fingerprint: str,
    shape: tuple[Piece, ...],
    known: dict[str, str] | None,
) -> None:
    """Raises Drifted, naming what differs, when the schema is not that of ``fingerprint``."""
    with connection.cursor() as cursor:
        if read_fingerprints(cursor, [target.schema], known).get(target.schema) != fingerprint:
            found = read_shapes(cursor, [target.schema])[target.schema]
            raise Drifted(say_shortly(compare(shape, found)))


def _build_index(connection: Connection, target: Target, step: Step) -> None:
    """Outside any transaction. One that was cut off leaves an invalid index, which is taken away first."""
    if not _stands(connection, target, step):
        connection.execute(f"SET {target.path}")
        try:
            build_beside_work(connection, step.sql)
        finally:
            if not connection.closed:
                connection.execute("RESET search_path")
    if step.is_last:
        with connection.transaction():
            _send(connection, _noted(target, [step]))


def _stands(connection: Connection, target: Target, step: Step) -> bool:
    """Whether the index is there and whole: its building was cut off before it could be noted."""
    made = _INDEX.search(step.sql)
    if made is None:
        return False
    row = connection.execute(
        "SELECT i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = %s",
        [target.schema, made[1]],
    ).fetchone()
    if row is not None and not row[0]:
        build_beside_work(connection, f'DROP INDEX CONCURRENTLY "{target.schema}"."{made[1]}"')
        return False
    return row is not None


def _fill(connection: Connection, target: Target, step: Step, filled: Filled, rest: Rest) -> None:
    """Batch by batch, each with its mark on the board in the same transaction."""
    name = f"{step.app}.{step.migration}"
    after = target.filled.get(name, 0)
    while True:
        begun = time.monotonic()
        with connection.transaction():
            _lock(connection, target)
            connection.execute(f"SET LOCAL {target.path}")
            row = connection.execute(step.sql, {"after": after, "size": BATCH}).fetchone()
            if row is None or row[0] is None:
                _send(connection, _noted(target, [step]))
                return
            after = row[0]
            filled(connection, name, after)
        rest(begun)
