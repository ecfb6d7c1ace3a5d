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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

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


Done = Callable[[Connection], None]  # writes the board's line, inside the closing transaction
Filled = Callable[[Connection, str, int], None]  # migration and last key, inside the batch's transaction
Rest = Callable[[float], None]  # after a batch that began then, outside its transaction


def upgrade(
    connection: Connection,
    target: Target,
    chain: list[Compiled],
    *,
    seat_done: Done,
    filled: Filled,
    rest: Rest,
    foreseen: str | None = None,
    known: dict[str, str] | None = None,
) -> None:
    """Carry ``target`` through ``chain``. ``seat_done`` is called in the last transaction.

    ``foreseen`` is the fingerprint that the schema had a moment ago, where somebody has looked; ``known`` are the
    fingerprints of this rollout's other schemas, by likeness.

    Raises Busy, Drifted, and whatever PostgreSQL says; what was one transaction
    has then changed nothing.
    """
    connection.execute("SELECT set_config('search_path', %s, false)", [f'"{target.schema}", extensions'])
    for release in chain:
        last = release is chain[-1]
        pending = list(_pending(connection, release))
        untouched = len(pending) == len(release.steps)
        if untouched and not (release is chain[0] and foreseen == release.before.fingerprint):
            _require(connection, target, release.before.fingerprint, release.before.shape, known)
        for kind, steps in _runs(pending):
            whole = kind is StepKind.TRANSACTION and len(steps) == len(pending)
            if whole:
                break  # all that is left fits into the closing transaction
            if kind is StepKind.TRANSACTION:
                with connection.transaction():
                    _lock(connection, target)
                    _replay(connection, steps)
            elif kind is StepKind.CONCURRENT_INDEX:
                for step in steps:
                    _build_index(connection, target, step)
            else:
                for step in steps:
                    _fill(connection, target, step, filled, rest)
            pending = pending[len(steps) :]
        with connection.transaction():
            _lock(connection, target)
            _replay(connection, pending)
            # A schema that was as the release before, and got its SQL in one piece, is as the release: looking again
            # would only keep the people waiting for the tables that are locked by now. A rehearsal keeps nobody.
            if not untouched or len(pending) < len(release.steps) or target.tenant_id is None:
                _require(connection, target, release.fingerprint, release.shape, known)
            _close(connection, target, release)
            if last:
                seat_done(connection)


def _pending(connection: Connection, release: Compiled) -> Iterator[Step]:
    found = connection.execute(
        "SELECT app, name FROM django_migrations WHERE name = ANY(%s)",
        [[step.migration for step in release.steps]],
    )
    applied = set(found.fetchall())
    return (step for step in release.steps if (step.app, step.migration) not in applied)


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
    if target.tenant_id is None:
        return
    row = connection.execute(
        "SELECT pg_try_advisory_xact_lock(%s)", [tenant_lock(target.tenant_id)]
    ).fetchone()
    if not row or not row[0]:
        raise Busy


def _replay(connection: Connection, steps: list[Step]) -> None:
    text = ";\n".join(step.sql.rstrip("; \n") for step in steps if step.sql)
    if text:
        connection.execute(text)
    _note_migrations(connection, steps)


def _note_migrations(connection: Connection, steps: list[Step]) -> None:
    done = [step for step in steps if step.is_last]
    if done:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " SELECT app, name, now() FROM unnest(%s::text[], %s::text[]) AS done (app, name)",
            [[step.app for step in done], [step.migration for step in done]],
        )


def _close(connection: Connection, target: Target, release: Compiled) -> None:
    grants = release.grants(target.schema, target.role)
    if grants and target.tenant_id is not None:
        connection.execute(grants)
    if target.tenant_id is not None:
        connection.execute(
            "UPDATE public.registry_tenant SET release = %s WHERE id = %s", [release.number, target.tenant_id]
        )


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
    made = _INDEX.search(step.sql)
    if made is not None:
        row = connection.execute(
            "SELECT i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = %s",
            [target.schema, made[1]],
        ).fetchone()
        if row is not None and not row[0]:
            build_beside_work(connection, f'DROP INDEX CONCURRENTLY "{target.schema}"."{made[1]}"')
            row = None
        if row is None:
            build_beside_work(connection, step.sql)
    else:
        build_beside_work(connection, step.sql)
    if step.is_last:
        with connection.transaction():
            _note_migrations(connection, [step])


def _fill(connection: Connection, target: Target, step: Step, filled: Filled, rest: Rest) -> None:
    """Batch by batch, each with its mark on the board in the same transaction."""
    name = f"{step.app}.{step.migration}"
    after = target.filled.get(name, 0)
    while True:
        begun = time.monotonic()
        with connection.transaction():
            _lock(connection, target)
            row = connection.execute(step.sql, {"after": after, "size": BATCH}).fetchone()
            if row is None or row[0] is None:
                _note_migrations(connection, [step])
                return
            after = row[0]
            filled(connection, name, after)
        rest(begun)
