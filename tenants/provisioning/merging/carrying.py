"""Rows on their way: a batch is one transaction, in which a row comes with everything that follows it."""

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connection, transaction

from tenants.provisioning.merging.errors import CopyDiffers, MergeStopped, ReferenceUnknown
from tenants.provisioning.merging.file_bytes import copy_bytes
from tenants.provisioning.merging.ledger import references_of
from tenants.provisioning.merging.plan import Declaration, Kinded, Move, Row
from tenants.provisioning.merging.world import World


def carry_table(world: World, declaration: Declaration, move: Move, batch: int) -> Iterator[int]:
    """Everything of a table that waits, with what follows it; yields the rows of each batch once it is kept.

    A table that points to itself goes in one piece: its rows need each other.
    """
    limit = None if world.catalog.points_to_itself(move.table) else batch
    while ids := _waiting(world, move.table, limit):
        yield _carry_batch(world, declaration, move, ids)


def _waiting(world: World, table: str, limit: int | None) -> list[int]:
    rows = world.ask(
        "SELECT old_id FROM <work>.idmap WHERE tbl = %s AND outcome IS NULL ORDER BY old_id LIMIT %s",
        table,
        limit,
    )
    return [row[0] for row in rows]


def _carry_batch(world: World, declaration: Declaration, root: Move, ids: list[int]) -> int:
    world.memo.clear()
    at, done = root.table, 0
    try:
        with transaction.atomic():
            for move, keys in _family(world, declaration, root, ids):
                at = move.table
                _carry(world, move, keys)
                done += len(keys)
    except DatabaseError as error:
        raise _stopped(error, at) from None  # its sentence may quote a person's data
    return done


def _stopped(error: DatabaseError, table: str) -> MergeStopped:
    cause: Any = error.__cause__
    told = getattr(cause, "diag", None)
    return MergeStopped(
        table=getattr(told, "table_name", None) or table,
        sqlstate=getattr(cause, "sqlstate", None) or "—",
        constraint=getattr(told, "constraint_name", None) or "—",
    )


def _family(
    world: World, declaration: Declaration, root: Move, ids: list[int]
) -> Iterator[tuple[Move, list[int]]]:
    """The rows themselves, then whatever follows them, children's children too."""
    found = {root.table: ids}
    yield root, ids
    for move in declaration.moves:
        if move.follows is None or move is root or move.follows.parent not in found:
            continue
        keys = [
            row[0]
            for row in world.ask(
                f"""SELECT f.id FROM <from>.{move.table} f
                      JOIN <work>.idmap m ON m.tbl = %s AND m.old_id = f.id AND m.outcome IS NULL
                     WHERE f.{move.follows.column} = ANY(%s) AND ({move.follows.where}) ORDER BY f.id""",
                move.table,
                found[move.follows.parent],
            )
        ]
        if keys:
            found[move.table] = keys
            yield move, keys


def _carry(world: World, move: Move, ids: list[int]) -> None:
    columns = list(world.catalog.columns[move.table])
    rows = _read(world, move.table, columns, ids)
    references = references_of(world, move)
    _look_up_all(world, move.table, rows, references)
    for row in rows:
        row["id"] = str(world.new_key(move.table, row["id"]))
        for column, target in references:
            row[column] = _refer(world, move, row, column, target)
        if move.file is not None:
            row[move.file[0]] = copy_bytes(world.pair, row, move.file)
        if move.adapt is not None:
            move.adapt(row, world)
    _write(world, move.table, columns, rows)
    _compare(world, move, ids, references)
    world.do("UPDATE <work>.idmap SET outcome = 'MOVED' WHERE tbl = %s AND old_id = ANY(%s)", move.table, ids)


def _read(world: World, table: str, columns: list[str], ids: list[int]) -> list[Row]:
    """As text, so that every value comes out of PostgreSQL and goes back in as it wrote it."""
    listed = ", ".join(f"f.{column}::text" for column in columns)
    found = world.ask(f"SELECT {listed} FROM <from>.{table} f WHERE f.id = ANY(%s) ORDER BY f.id", ids)
    return [dict(zip(columns, values, strict=True)) for values in found]


def _look_up_all(
    world: World, table: str, rows: list[Row], references: list[tuple[str, str | Kinded]]
) -> None:
    """One statement a table that is referred to, instead of one a row."""
    world.look_up(table, [int(row["id"]) for row in rows])
    for column, target in references:
        for row in rows:
            name = target if isinstance(target, str) else target.targets.get(row[target.by] or "")
            if name is not None and row[column] is not None:
                world.memo.setdefault(("look up", name), set()).add(int(row[column]))
    for key in [key for key in world.memo if isinstance(key, tuple) and key[0] == "look up"]:
        world.look_up(key[1], world.memo.pop(key))


def _refer(world: World, move: Move, row: Row, column: str, target: str | Kinded) -> str | None:
    old = row[column]
    if old is None:
        return None
    if isinstance(target, Kinded):
        kind = row[target.by] or ""
        if kind in target.keep:
            return str(old)
        if kind not in target.targets:
            raise ReferenceUnknown(table=move.table, kind=kind)
        target = target.targets[kind]
    new = world.new_key(target, old)
    return None if new is None else str(new)


def _write(world: World, table: str, columns: list[str], rows: list[Row]) -> None:
    listed = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.wrap_database_errors,  # Django does not know COPY: its errors would come out raw
        connection.cursor() as cursor,
        cursor.copy(world.named(f"COPY <into>.{table} ({listed}) FROM STDIN")) as copy,
    ):
        for row in rows:
            copy.write_row([row[column] for column in columns])


def _compare(world: World, move: Move, ids: list[int], references: list[tuple[str, str | Kinded]]) -> None:
    """Before the batch is kept: every row is there, alike in what does not change, and points to the right rows."""
    joins, differs = [], [same_columns(world, move)]
    for number, (column, target) in enumerate(references):
        if isinstance(target, str):
            joins.append(
                f"LEFT JOIN <work>.idmap r{number} ON r{number}.tbl = '{target}' AND r{number}.old_id = f.{column}"
            )
            differs.append(f"i.{column} IS DISTINCT FROM r{number}.new_id")
    wrong = world.ask_one(
        f"""SELECT count(*) FROM <from>.{move.table} f
              JOIN <work>.idmap m ON m.tbl = %s AND m.old_id = f.id
              LEFT JOIN <into>.{move.table} i ON i.id = m.new_id {" ".join(joins)}
             WHERE f.id = ANY(%s) AND (i.id IS NULL OR {" OR ".join(differs)})""",
        move.table,
        ids,
    )
    if wrong:
        raise CopyDiffers(count=wrong, table=move.table)


def same_columns(world: World, move: Move) -> str:
    """A condition that holds when a row of before and its copy differ in what must not change."""
    changing = {"id", *move.adapts, *move.still_written, *(move.file[:1] if move.file else ())}
    changing |= {column for column, _ in references_of(world, move)}
    kept = [column for column in world.catalog.columns[move.table] if column not in changing]
    if not kept:
        return "false"
    before, after = (", ".join(f"{row}.{column}" for column in kept) for row in "fi")
    return f"ROW({before}) IS DISTINCT FROM ROW({after})"
