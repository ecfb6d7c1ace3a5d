"""The work schema: which row goes where, kept in the transaction that moves it.

Every row of the tenant that goes is written down here once, gets its new key
before anything moves, and its outcome in the very transaction that moves it: a
process that dies leaves no row half-way, and the next one takes what has no
outcome. The schema stays after the merge: it is the way from an old key to the
new one for whoever has to prove something years later.
"""

from collections.abc import Iterator

from kernel.errors import DomainError
from tenants.provisioning.merging.catalog import Unique
from tenants.provisioning.merging.errors import KeysClash, ReferencesDangle
from tenants.provisioning.merging.plan import Declaration, Join, Kinded, Leave, Move
from tenants.provisioning.merging.world import World

WITH_THE_PARENT = -1  # why a row was left: no rule of its own table, its parent stays
_TABLES = (
    "CREATE SCHEMA IF NOT EXISTS <work>",
    """CREATE TABLE IF NOT EXISTS <work>.idmap (
           tbl text NOT NULL, old_id bigint NOT NULL, new_id bigint, outcome text, why smallint,
           PRIMARY KEY (tbl, old_id),
           CONSTRAINT outcome_is_known CHECK (outcome IN ('MOVED', 'JOINED', 'LEFT')))""",
    "CREATE INDEX IF NOT EXISTS idmap_waiting ON <work>.idmap (tbl, old_id) WHERE outcome IS NULL",
    """CREATE TABLE IF NOT EXISTS <work>.before (
           tbl text PRIMARY KEY, from_rows bigint NOT NULL, into_rows bigint NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS <work>.renamed (
           tbl text NOT NULL, new_id bigint NOT NULL, was text NOT NULL, became text NOT NULL)""",
)


def open_ledger(world: World, declaration: Declaration) -> None:
    """Make what is not there yet; how many rows there were before is written once."""
    for statement in _TABLES:
        world.do(statement)
    for table in declaration.tables:
        world.do(
            f"""INSERT INTO <work>.before
                SELECT %s, (SELECT count(*) FROM <from>.{table.table}), (SELECT count(*) FROM <into>.{table.table})
                ON CONFLICT DO NOTHING""",
            table.table,
        )


def sort_rows(world: World, declaration: Declaration) -> None:
    """Write every row down and decide which stay behind and which are there already. Safe to run again."""
    for move in declaration.moves:
        world.do(
            f"INSERT INTO <work>.idmap (tbl, old_id) SELECT %s, id FROM <from>.{move.table} ON CONFLICT DO NOTHING",
            move.table,
        )
        for why, rule in enumerate(move.sort_out):
            _apply(world, move, why, rule)
        if move.follows is not None:
            _stay_with_the_parent(world, move)


def _stay_with_the_parent(world: World, move: Move) -> None:
    """What belongs to a row that stays behind stays with it."""
    assert move.follows is not None  # noqa: S101 - asked by the caller
    world.do(
        f"""UPDATE <work>.idmap m SET outcome = 'LEFT', new_id = NULL, why = %s
              FROM <from>.{move.table} f
              JOIN <work>.idmap p ON p.tbl = %s AND p.old_id = f.{move.follows.column} AND p.outcome = 'LEFT'
             WHERE m.tbl = %s AND m.old_id = f.id AND m.outcome IS NULL AND ({move.follows.where})""",
        WITH_THE_PARENT,
        move.follows.parent,
        move.table,
    )


def _apply(world: World, move: Move, why: int, rule: Leave | Join) -> None:
    waiting = "m.tbl = %s AND m.old_id = f.id AND m.outcome IS NULL"
    if isinstance(rule, Leave):
        world.do(
            f"""UPDATE <work>.idmap m SET outcome = 'LEFT', new_id = NULL, why = %s
                  FROM <from>.{move.table} f WHERE {waiting} AND ({rule.where})""",
            why,
            move.table,
        )
        return
    world.do(
        f"""UPDATE <work>.idmap m SET outcome = 'JOINED', new_id = i.id, why = %s
              FROM <from>.{move.table} f JOIN <into>.{move.table} i ON {rule.on} WHERE {waiting}""",
        why,
        move.table,
    )


def give_keys(world: World, declaration: Declaration) -> None:
    """A new key for every row that will move, in the order of the old ones; larger values go over to joined rows."""
    for move in declaration.moves:
        world.do(
            f"""UPDATE <work>.idmap m SET new_id = given.key
                  FROM (SELECT old_id, nextval(pg_get_serial_sequence('<into>.{move.table}', 'id')) AS key
                          FROM (SELECT old_id FROM <work>.idmap
                                 WHERE tbl = %s AND outcome IS NULL AND new_id IS NULL ORDER BY old_id) o) given
                 WHERE m.tbl = %s AND m.old_id = given.old_id""",
            move.table,
            move.table,
        )
        for why, rule in enumerate(move.sort_out):
            if isinstance(rule, Join):
                for column in rule.raises:
                    _raise(world, move.table, why, column)
    world.forget_keys()


def _raise(world: World, table: str, why: int, column: str) -> None:
    world.do(
        f"""UPDATE <into>.{table} i SET {column} = f.{column}
              FROM <work>.idmap m JOIN <from>.{table} f ON f.id = m.old_id
             WHERE m.tbl = %s AND m.outcome = 'JOINED' AND m.why = %s AND i.id = m.new_id
               AND i.{column} < f.{column}""",
        table,
        why,
    )


def find_obstacles(world: World, declaration: Declaration) -> Iterator[DomainError]:
    """What would stop the merge half-way, found before the first row."""
    for move in declaration.moves:
        for column, target in references_of(world, move):
            yield from _dangling(world, move, column, target)
        for unique in world.catalog.uniques:
            if unique.table == move.table and _stays_as_it_is(world, move, unique):
                yield from _clashing(world, unique)


def references_of(world: World, move: Move) -> list[tuple[str, str | Kinded]]:
    """Foreign keys and declared references of a table."""
    keys: list[tuple[str, str | Kinded]] = [
        (column, target)
        for (table, column), target in world.catalog.keys.items()
        if table == move.table and column not in move.adapts
    ]
    return keys + list(move.references.items())


def _dangling(world: World, move: Move, column: str, target: str | Kinded) -> Iterator[DomainError]:
    nullable = world.catalog.columns[move.table][column][1]
    kinds = {"": target} if isinstance(target, str) else dict(target.targets)
    for kind, table in kinds.items():
        only = "" if isinstance(target, str) else f"AND f.{target.by} = %s"
        count = world.ask_one(
            f"""SELECT count(*) FROM <from>.{move.table} f
                  JOIN <work>.idmap m ON m.tbl = %s AND m.old_id = f.id AND m.outcome IS NULL
                  LEFT JOIN <work>.idmap r ON r.tbl = %s AND r.old_id = f.{column}
                 WHERE f.{column} IS NOT NULL {only}
                   AND (r.old_id IS NULL OR (r.outcome = 'LEFT' AND NOT %s))""",
            *(move.table, table, *([kind] if only else []), nullable),
        )
        if count:
            yield ReferencesDangle(count=count, table=move.table, column=column, target=table)


def _stays_as_it_is(world: World, move: Move, unique: Unique) -> bool:
    """None of its columns changes on the way: only then can a row meet an equal one."""
    moving = {column for column, _ in references_of(world, move)} | {*move.adapts, *move.unlike}
    return not moving & set(unique.columns) and not (move.file and move.file[0] in unique.columns)


def _clashing(world: World, unique: Unique) -> Iterator[DomainError]:
    where = f"WHERE {unique.predicate}" if unique.predicate else ""
    same = " AND ".join(f"f.{column} = i.{column}" for column in unique.columns)
    found = world.ask(
        f"""SELECT f.id FROM (SELECT * FROM <from>.{unique.table} {where}) f
              JOIN <work>.idmap m ON m.tbl = %s AND m.old_id = f.id AND m.outcome IS NULL
              JOIN (SELECT * FROM <into>.{unique.table} {where}) i ON {same} ORDER BY f.id""",
        unique.table,
    )
    if found:
        examples = ", ".join(f"id {row[0]}" for row in found[:3])
        yield KeysClash(count=len(found), table=unique.table, constraint=unique.name, examples=examples)
