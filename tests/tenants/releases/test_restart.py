"""The database restarts in the middle of a rollout: a server of the test's own, stopped as by a power cut."""

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connection, connections
from django.utils import timezone

from infra.services.place import find_place, forget_place
from infra.services.postgres import Postgres
from kernel.actors import SYSTEM
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.shape import read_fingerprints
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.registry.selectors import forget_hosts
from tenants.releases.enums import RolloutState, SeatState, StepKind
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import count_seats, find_active_rollout
from tenants.releases.services import start_rollout
from tenants.releases.services.preparing import prepare_central
from tests.tenants.releases.fleet import column, fleet, make_release, wait_until

PORT = 61455


@pytest.fixture
def own_server(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Postgres]:
    """Durable, as in production; Django is turned to it for one test."""
    home: Path = tmp_path_factory.mktemp("restart")
    server = Postgres(find_place(home))
    server.start(usual_port=PORT)
    facts = connections["default"].settings_dict
    before = {name: facts[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")}
    with django_db_blocker.unblock():
        _turn_to(server.url)
        try:
            yield server
        finally:
            connection.close()
            connection.close_pool()
            facts.update(before)
            forget_hosts()
            server.stop()
            forget_place(home)


def _turn_to(url: str) -> None:
    parts = urlsplit(url)
    connection.close()
    connection.close_pool()
    connections["default"].settings_dict.update(
        HOST=parts.hostname, PORT=str(parts.port), USER=unquote(parts.username or ""),
        PASSWORD=unquote(parts.password or ""), NAME=parts.path.lstrip("/"),
    )  # fmt: skip
    forget_hosts()


def _power_cut(server: Postgres) -> None:
    server._pg_ctl("stop", "-m", "immediate", "-w", "-t", "30")
    server.start(usual_port=PORT)


def test_a_server_that_restarts_in_the_middle_costs_nothing_but_time(own_server):
    """Without connect_patiently the threads die with the first refusal and half of the fleet is left."""
    prepare_central(host="localhost", now=timezone.now())
    with fleet(12) as tenants:
        release = make_release((StepKind.TRANSACTION, "SELECT pg_sleep(0.4)"), column("restarted"))
        start_rollout(release=None, by=SYSTEM, now=timezone.now(), rehearse=False, parallel=2)
        outcome: list[str] = []

        def run() -> None:
            try:
                outcome.append(run_rollout().state)
            finally:
                connections.close_all()

        runner = threading.Thread(target=run)
        runner.start()
        active = find_active_rollout()
        assert active is not None
        wait_until(lambda: count_seats(active.id).get(SeatState.DONE, 0) >= 3)
        connection.close()
        connection.close_pool()
        _power_cut(own_server)
        runner.join(120)
        assert outcome == [RolloutState.DONE]
        assert count_seats(active.id) == {SeatState.DONE: 12}
        with central_context():
            assert set(
                Tenant.objects.filter(id__in=[one.id for one in tenants]).values_list("release", flat=True)
            ) == {release.number}
        with as_owner("public"), connection.cursor() as cursor:
            prints = read_fingerprints(cursor, [tenant.schema_name for tenant in tenants])
        assert set(prints.values()) == {release.fingerprint}
