"""A tenant is born: beside the raw SQL of the same script, and beside django-tenants' own way."""

import statistics
import time
from collections.abc import Callable
from typing import Any

import psycopg

from infra.bench.fleet.databases import make_database
from infra.bench.fleet.figures import Figure
from infra.bench.fleet.fleet import Fleet
from infra.bench.fleet.settings import BIRTHS, EMPTY_DATABASE, FLEET, GREAT_FLEET
from tenants.provisioning.scripts import get_script


def measure_births(fleet: Fleet) -> list[Figure]:
    """The last twenty up to a hundred tenants."""
    seconds = _births(fleet, FLEET)
    stock = fleet.stock.births
    median = statistics.median(seconds["ours"])
    return [
        Figure(
            "birth", f"Tạo đơn vị mới (lược đồ, dòng, vai trò), trung vị {BIRTHS}", median, at_most=0.8,
            stock=statistics.median(stock), detail={**seconds, "stock": stock},
        ),
        Figure("birth_raw", "  so với SQL trần của cùng kịch bản", _times(seconds, "raw"), "×", at_most=4),
    ]  # fmt: skip


def measure_births_in_a_great_fleet(fleet: Fleet, at_hundred: Figure) -> list[Figure]:
    """Many minutes after ``at_hundred``, in which the machine's speed changes: the growth is told both ways.

    What counts is that beside the same script in an empty database, which no fleet makes slower.
    """
    seconds = _births(fleet, GREAT_FLEET)
    median = statistics.median(seconds["ours"])
    growth = _times(seconds, "empty") / _times(at_hundred.detail, "empty")
    return [
        Figure("birth_300", f"Tạo đơn vị mới khi có {GREAT_FLEET}", median, detail=seconds),
        Figure("birth_growth_plain", f"  so với khi có {FLEET}, nhiều phút trước", median / at_hundred.value, "×"),
        Figure("birth_growth", "  cũng vậy, máy nhanh chậm đã tính", growth, "×", at_most=1.3),
    ]  # fmt: skip


def _times(seconds: dict[str, list[float]], than: str) -> float:
    return statistics.median(seconds["ours"]) / statistics.median(seconds[than])


def _births(fleet: Fleet, up_to: int) -> dict[str, list[float]]:
    """Turn by turn with the raw script, so that whatever the machine does meanwhile it does to all three.

    ``raw`` is beside the fleet, ``empty`` in a database in which nothing else stands.
    """
    fleet.grow(up_to - BIRTHS)
    script = get_script(fleet.release + fleet.rolled).under("bench_raw")
    sql = f"{script.pre_sql}\n{script.post_sql}"
    seconds: dict[str, list[float]] = {"ours": [], "raw": [], "empty": []}
    with (
        psycopg.connect(fleet.database_url, autocommit=True) as beside,
        psycopg.connect(make_database(fleet.database_url, EMPTY_DATABASE), autocommit=True) as empty,
    ):
        for number in range(up_to - BIRTHS, up_to):
            seconds["ours"].append(_seconds(lambda number=number: fleet.create(number)))
            for name, connection in {"raw": beside, "empty": empty}.items():
                seconds[name].append(_seconds(lambda connection=connection: _replay(connection, sql)))
                connection.execute("DROP SCHEMA bench_raw CASCADE")
    return seconds


def _replay(connection: "psycopg.Connection[Any]", sql: str) -> None:
    with connection.transaction():
        connection.execute(sql)


def _seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
