"""One column more in every tenant, and nothing to do: beside ``migrate_schemas`` with both executors."""

import statistics

import psycopg

from infra.bench.fleet.commands import manage, start_of_process
from infra.bench.fleet.figures import Figure
from infra.bench.fleet.fleet import Fleet
from infra.bench.fleet.settings import FLEET, GREAT_FLEET, HOME, ROLLS, SHORT_ROLLS
from infra.bench.fleet.stock import EXECUTORS
from infra.bench.fleet.tomorrow import name_of
from infra.bench.progress import step
from infra.standing import standing_by


def roll(fleet: Fleet, kind: str, around: dict[str, str] | None = None) -> float:
    """Seconds of `release start` of the next release, from the command to its end; every schema has it afterwards.

    ``around``: the surroundings of the command, when they are more than the code of tomorrow. The command before it is
    the one that comes with the software of every release (docs/operations.md); its seconds are a figure of their own.
    """
    around = around or fleet.tomorrow
    fleet.preparing.append(manage("central", "prepare", around=fleet.tomorrow))
    number = fleet.next_release(kind)
    seconds = start(fleet, number, around)
    _require_everywhere(fleet, number, kind)
    return seconds


def start(fleet: Fleet, number: int, around: dict[str, str]) -> float:
    return manage("release", "start", "--release", name_of(number), "--soak", "0", around=around)


def _require_everywhere(fleet: Fleet, number: int, kind: str) -> None:
    """Neither the registry nor the command is believed: the catalogue of the database is counted."""
    what = (
        "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "JOIN registry_tenant t ON t.schema_name = c.relnamespace::regnamespace::text "
        "WHERE c.relname = 'dossiers_dossier' AND a.attname = %s AND NOT a.attisdropped AND t.release = %s"
        if kind == "COLUMN" else
        "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "JOIN registry_tenant t ON t.schema_name = c.relnamespace::regnamespace::text "
        "WHERE c.relname = %s AND i.indisvalid AND t.release = %s"
    )  # fmt: skip
    with psycopg.connect(fleet.database_url) as connection:
        found = connection.execute(what, [f"bench_{number}", fleet.release + number]).fetchone()
    if found != (fleet.size,):
        raise RuntimeError(f"release {name_of(number)} is in {found} of {fleet.size} schemas")


def measure_rolls(fleet: Fleet) -> list[Figure]:
    """In rounds, ours before each of theirs: the machine's speed changes by a third from one minute to the next."""
    fleet.grow(FLEET)
    fleet.tomorrow  # noqa: B018 - compiled before the clock starts
    fleet.stock.grow()
    alone, helped, begun = [], [], []
    theirs: dict[str, list[float]] = {executor: [] for executor in EXECUTORS}
    with (
        step(
            f"Một cột, {FLEET} đơn vị, {ROLLS} lượt: {SHORT_ROLLS} lần ta, {SHORT_ROLLS} lần có tiến trình trực, rồi"
            " cách gốc, lần lượt với từng executor"
        ),
        (HOME / "standby.log").open("ab") as log,
        standing_by(fleet.tomorrow, log=log) as there,
    ):
        for _round in range(ROLLS):
            for executor in EXECUTORS:
                begun.append(start_of_process(fleet.tomorrow))
                for _again in range(SHORT_ROLLS):
                    alone.append(roll(fleet, "COLUMN"))
                    helped.append(roll(fleet, "COLUMN", there))
                theirs[executor].append(fleet.stock.add_column(executor))
    median, faster, started = map(statistics.median, (alone, helped, begun))
    stock = {executor: statistics.median(seconds) for executor, seconds in theirs.items()}
    return [
        Figure("start", "Khởi động tiến trình (có trong mọi dòng của lệnh)", started),
        Figure("compile", "Biên dịch một bản phát hành, làm một lần", fleet.compiling / len(fleet.kinds)),
        Figure("prepare", "central prepare khi đã biên dịch, trước mỗi lần triển khai",
               statistics.median(fleet.preparing)),
        Figure(
            "column", f"Một cột, {FLEET} đơn vị, kể cả khởi động", median, at_most=3, stock=stock["standard"],
            at_least=15, detail={"ours": alone, "stock": theirs, "a_tenant_ms": median / fleet.size * 1000},
        ),
        Figure(
            "column_multi", "  bên cạnh executor multiprocessing", median, stock=stock["multiprocessing"], at_least=15,
        ),
        Figure(
            "column_helped", "  có tiến trình trực, từ lúc gõ lệnh", faster, at_most=3, stock=stock["standard"],
            at_least=15, detail={"ours": helped},
        ),
        Figure(
            "column_helped_multi", "  bên cạnh executor multiprocessing", faster, stock=stock["multiprocessing"],
            at_least=15,
        ),
    ]  # fmt: skip


def measure_idle(fleet: Fleet) -> list[Figure]:
    ours, stock = _idle(fleet, FLEET), fleet.stock.idle
    return [
        Figure(
            "idle", f"Không có gì để làm, {FLEET} đơn vị", statistics.median(ours), at_most=2, stock=stock["standard"],
            detail={"ours": ours, "stock": stock},
        ),
        Figure(
            "idle_multi", "  bên cạnh executor multiprocessing", statistics.median(ours),
            stock=stock["multiprocessing"],
        ),
    ]  # fmt: skip


def measure_great_fleet(fleet: Fleet, at_hundred: dict[str, float]) -> list[Figure]:
    """``at_hundred``: the seconds of the same two with a hundred tenants."""
    fleet.grow(GREAT_FLEET)
    with step(f"Một cột, {GREAT_FLEET} đơn vị, {ROLLS} lần"):
        columns = [roll(fleet, "COLUMN") for _ in range(ROLLS)]
    found = []
    for key, title, ours in (
        ("column", f"Một cột, {GREAT_FLEET} đơn vị", columns),
        ("idle", f"Không có gì để làm, {GREAT_FLEET} đơn vị", _idle(fleet, GREAT_FLEET)),
    ):
        median = statistics.median(ours)
        a_tenant, before = median / GREAT_FLEET, at_hundred[key] / FLEET
        found += [
            Figure(f"{key}_300", title, median, detail={"ours": ours}),
            Figure(f"{key}_300_a_tenant", "  mỗi đơn vị", a_tenant * 1000, "ms"),
            Figure(f"{key}_growth", f"  so với khi có {FLEET}", a_tenant / before, "×", at_most=1.3),
        ]
    return found


def _idle(fleet: Fleet, size: int) -> list[float]:
    with step(f"Không có gì để làm, {size} đơn vị"):
        return [start(fleet, fleet.rolled, fleet.tomorrow) for _ in range(ROLLS)]
