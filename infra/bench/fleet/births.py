"""A tenant is born: beside the raw SQL of the same script, and beside django-tenants' own way."""

import statistics
import time
from typing import Any

import psycopg

from infra.bench.fleet.figures import Figure
from infra.bench.fleet.fleet import Fleet
from infra.bench.fleet.settings import BIRTHS, FLEET, GREAT_FLEET
from tenants.provisioning.scripts import get_script


def measure_births(fleet: Fleet) -> list[Figure]:
    """The last twenty up to a hundred tenants."""
    ours, raw = _births(fleet, FLEET)
    stock = fleet.stock.births
    median = statistics.median(ours)
    detail = {"ours": ours, "raw": raw, "stock": stock}
    return [
        Figure(
            "birth", f"Tạo đơn vị mới (lược đồ, dòng, vai trò), trung vị {BIRTHS}", median, at_most=0.8,
            stock=statistics.median(stock), detail=detail,
        ),
        Figure("birth_raw", "  so với SQL trần của cùng kịch bản", median / statistics.median(raw), "×", at_most=4),
    ]  # fmt: skip


def measure_births_in_a_great_fleet(fleet: Fleet, at_hundred: float) -> list[Figure]:
    ours, raw = _births(fleet, GREAT_FLEET)
    median = statistics.median(ours)
    return [
        Figure(
            "birth_300", f"Tạo đơn vị mới khi có {GREAT_FLEET}", median, detail={"ours": ours, "raw": raw}
        ),
        Figure("birth_growth", f"  so với khi có {FLEET}", median / at_hundred, "×", at_most=1.3),
    ]


def _births(fleet: Fleet, up_to: int) -> tuple[list[float], list[float]]:
    """Turn by turn with the raw script, so that whatever the machine does meanwhile it does to both."""
    fleet.grow(up_to - BIRTHS)
    script = get_script(fleet.release + fleet.rolled).under("bench_raw")
    sql = f"{script.pre_sql}\n{script.post_sql}"
    ours, raw = [], []
    with psycopg.connect(fleet.database_url, autocommit=True) as connection:
        for number in range(up_to - BIRTHS, up_to):
            ours.append(_seconds(lambda number=number: fleet.create(number)))
            raw.append(_seconds(lambda: _replay(connection, sql)))
            connection.execute("DROP SCHEMA bench_raw CASCADE")
    return ours, raw


def _replay(connection: "psycopg.Connection[Any]", sql: str) -> None:
    with connection.transaction():
        connection.execute(sql)


def _seconds(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
