"""The parts in their order, one table at the end. Misses are printed, not raised: the bench tells."""

import os
from importlib import import_module

import django
from django.utils import timezone

from infra.bench.catalogue.parts import PARTS
from infra.bench.catalogue.settings import RESULTS
from infra.bench.progress import say, step


def run(parts: list[str]) -> None:
    django.setup()
    # Imported late: models are ready only now.
    from infra.bench.fleet import figures
    from infra.bench.server import describe_postgresql
    from tenants.releases.services.preparing import prepare_central

    said = describe_postgresql()
    with step("Lược đồ trung ương"):
        prepare_central(host="localhost", now=timezone.now(), say=lambda line: None)
    found: list[figures.Figure] = []
    for part in parts:
        found += import_module(PARTS[part]).measure()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    figures.write(RESULTS, {"postgresql": said, "cores": os.cpu_count(), "load": load}, found)
    say("")
    note = (
        f"PostgreSQL {said['server_version']}, fsync {said['fsync']}, synchronous_commit "
        f"{said['synchronous_commit']}; {os.cpu_count()} lõi; tải của máy khi xong: {load}."
    )
    say(figures.table(found, [note]))
