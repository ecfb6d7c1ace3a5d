"""The parts in their order. Misses are printed, not raised: the bench tells, it does not judge."""

import os
from typing import Any

import django

from infra.bench.fleet.settings import BUSY_ROLLS, RESULTS, ROLLS, SHORT_ROLLS
from infra.bench.progress import say

# Of the releases that a part rolls out: their kinds, in order.
_RELEASES = {
    # With and without one that stands by, before either of the stock's executors.
    "columns": ["COLUMN"] * ROLLS * 4 * SHORT_ROLLS,
    "upgrade": ["COLUMN", "INDEX"] * BUSY_ROLLS,
    "great": ["COLUMN"] * ROLLS,
}


def run(database_url: str, parts: list[str]) -> None:
    django.setup()
    # Imported late: models are ready only now.
    from infra.bench.fleet import figures
    from infra.bench.fleet.fleet import Fleet
    from infra.bench.fleet.parts import measure
    from infra.bench.server import describe_postgresql

    settings = describe_postgresql()
    kinds = [kind for part in parts for kind in _RELEASES.get(part, ())]
    fleet = Fleet(database_url, kinds)
    found: list[figures.Figure] = []
    for part in parts:
        found += measure(part, fleet, {one.key: one for one in found})
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    server = {"postgresql": settings, "cores": os.cpu_count(), "load": load}
    figures.write(RESULTS, server, found)
    say("")
    say(figures.table(found, _notes(server)))


def _notes(server: dict[str, Any]) -> list[str]:
    said = server["postgresql"]
    return [
        f"PostgreSQL {said['server_version']}, fsync {said['fsync']}, synchronous_commit "
        f"{said['synchronous_commit']}; {server['cores']} lõi; tải của máy khi xong: {server['load']}.",
        "Cách gốc: migrate_schemas của django-tenants, cùng ứng dụng, cùng migration, cơ sở dữ liệu riêng.",
        "Nhanh hơn = cách gốc / ta. Mọi lệnh đo từ lúc gọi tới lúc xong, kể cả khởi động tiến trình.",
        "“Có tiến trình trực”: máy chủ có sẵn manage.py standby, như make demo; không ghi thì lệnh tự khởi động.",
    ]
