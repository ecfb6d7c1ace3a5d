"""Counting both sides: nothing is called merged that does not balance."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tenants.provisioning.merging.carrying import same_columns
from tenants.provisioning.merging.file_bytes import digest_of, new_file_key
from tenants.provisioning.merging.ledger import WITH_THE_PARENT
from tenants.provisioning.merging.plan import Check, Declaration, Move
from tenants.provisioning.merging.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCount:
    """``into_own``: what the tenant that stays added or took away itself while the merge ran."""

    table: str
    from_before: int
    into_before: int
    moved: int
    waiting: int
    joined: dict[str, int]
    left: dict[str, int]
    into_after: int
    missing: int

    @property
    def into_own(self) -> int:
        return self.into_after - self.into_before - self.moved

    @property
    def balances(self) -> bool:
        counted = self.moved + self.waiting + sum(self.joined.values()) + sum(self.left.values())
        return counted == self.from_before and not self.missing


@dataclass(slots=True, kw_only=True)
class Report:
    """``renamed``: table, what it was, what it became. ``obstacles``: of a preview, what would stop it."""

    from_code: str
    into_code: str
    ground: str
    day: str
    done: bool = False
    tables: list[TableCount] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    todo: list[str] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """What does not balance, in words."""
        tables = [
            _("bảng {table}").format(table=one.table)
            for one in self.tables
            if not one.balances or one.waiting
        ]
        return tables + [f"{check.name}: {check.said}" for check in self.checks if not check.ok]


def count_tables(world: World, declaration: Declaration) -> list[TableCount]:
    return [
        _count_moving(world, table)
        if isinstance(table, Move)
        else _count_left(world, table.table, str(table.why))
        for table in declaration.tables
    ]


def _count_moving(world: World, move: Move) -> TableCount:
    outcomes = world.ask(
        "SELECT outcome, why, count(*) FROM <work>.idmap WHERE tbl = %s GROUP BY outcome, why", move.table
    )
    reasons = {why: str(rule.why) for why, rule in enumerate(move.sort_out)}
    reasons[WITH_THE_PARENT] = _("thuộc về dòng để lại")
    told: dict[str | None, dict[str, int]] = {}
    for outcome, why, count in outcomes:
        told.setdefault(outcome, {})[reasons.get(why, "")] = count
    return TableCount(
        table=move.table,
        from_before=world.ask_one(f"SELECT count(*) FROM <from>.{move.table}"),
        into_before=_before(world, move.table),
        moved=sum(told.get("MOVED", {}).values()),
        waiting=sum(told.get(None, {}).values()),
        joined=told.get("JOINED", {}),
        left=told.get("LEFT", {}),
        into_after=world.ask_one(f"SELECT count(*) FROM <into>.{move.table}"),
        missing=_missing(world, move.table),
    )


def _count_left(world: World, table: str, why: str) -> TableCount:
    count = world.ask_one(f"SELECT count(*) FROM <from>.{table}")
    return TableCount(
        table=table,
        from_before=count,
        into_before=_before(world, table),
        moved=0,
        waiting=0,
        joined={},
        left={why: count},
        into_after=world.ask_one(f"SELECT count(*) FROM <into>.{table}"),
        missing=0,
    )


def _before(world: World, table: str) -> int:
    return int(world.ask_one("SELECT into_rows FROM <work>.before WHERE tbl = %s", table))


def _missing(world: World, table: str) -> int:
    """Rows that were moved or joined and are not there."""
    return int(
        world.ask_one(
            f"""SELECT count(*) FROM <work>.idmap m LEFT JOIN <into>.{table} i ON i.id = m.new_id
                 WHERE m.tbl = %s AND m.outcome IN ('MOVED', 'JOINED') AND i.id IS NULL""",
            table,
        )
    )


def check_rows(world: World, declaration: Declaration) -> list[Check]:
    """What nobody may change is compared once more, whole; the rest was compared in the batch that brought it."""
    checks = []
    for move in declaration.moves:
        if move.never_changes:
            rows, wrong = world.ask(
                f"""SELECT count(*), count(*) FILTER (WHERE i.id IS NULL OR {same_columns(world, move)})
                      FROM <from>.{move.table} f
                      JOIN <work>.idmap m ON m.tbl = %s AND m.old_id = f.id AND m.outcome = 'MOVED'
                      LEFT JOIN <into>.{move.table} i ON i.id = m.new_id""",
                move.table,
            )[0]
            said = _("{rows} dòng đã chuyển, {wrong} dòng khác bản gốc").format(rows=rows, wrong=wrong)
            checks.append(Check(move.table, said, wrong == 0))
    return checks


def check_files(world: World, declaration: Declaration) -> list[Check]:
    """The bytes under the new keys are those of before."""
    checks = []
    for move in declaration.moves:
        if move.file is not None:
            key, digest = move.file
            rows = world.ask(
                f"""SELECT f.{key}, f.{digest} FROM <from>.{move.table} f
                      JOIN <work>.idmap m ON m.tbl = %s AND m.old_id = f.id AND m.outcome = 'MOVED'""",
                move.table,
            )
            wrong = sum(digest_of(new_file_key(world.pair, old)) != wanted for old, wanted in rows)
            said = _("{rows} tệp, {wrong} tệp thiếu hoặc sai SHA-256").format(rows=len(rows), wrong=wrong)
            checks.append(Check(_("Tệp trong kho"), said, wrong == 0))
    return checks


def list_renamed(world: World) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in world.ask("SELECT tbl, was, became FROM <work>.renamed ORDER BY 1, 2")]


def as_json(report: Report) -> dict[str, Any]:
    return {
        "from": report.from_code,
        "into": report.into_code,
        "ground": report.ground,
        "day": report.day,
        "done": report.done,
        "tables": [
            {
                "table": one.table,
                "from_before": one.from_before,
                "into_before": one.into_before,
                "moved": one.moved,
                "waiting": one.waiting,
                "joined": one.joined,
                "left": one.left,
                "into_after": one.into_after,
                "into_own": one.into_own,
                "balances": one.balances,
            }
            for one in report.tables
        ],
        "checks": [{"name": check.name, "said": check.said, "ok": check.ok} for check in report.checks],
        "renamed": [list(row) for row in report.renamed],
        "todo": report.todo,
        "obstacles": report.obstacles,
    }
