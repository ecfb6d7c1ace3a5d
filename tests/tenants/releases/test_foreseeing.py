"""A look at a schema that is taken before its turn: it counts for seconds, and nobody depends on it."""

import pytest
from django.db import connection

from kernel.actors import SYSTEM
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.shape import read_fingerprints
from tenants.releases import foreseeing, runner, upgrading
from tenants.releases.enums import RolloutState, SeatState
from tenants.releases.foreseeing import Foresight
from tenants.releases.pacing import Pace
from tenants.releases.runner import run_rollout
from tenants.releases.services import start_rollout
from tests.tenants.releases.fleet import column, columns, looks, make_release, seat_of

pytestmark = pytest.mark.usefixtures("committed")
ALONE = Pace(share=0.0)


def _schemas(tenants):
    return [tenant.schema_name for tenant in tenants]


def _look(foresight):
    foresight.start()
    foresight.join()


def _change(tenant, sql):
    with as_owner(tenant.schema_name), connection.cursor() as cursor:
        cursor.execute(sql)


class _Finished(Foresight):
    """Has seen everything by the time the first tenant is taken."""

    def start(self):
        super().start()
        self.join()


def test_foresight_sees_the_fingerprint_of_each_schema_once(six, monkeypatch):
    monkeypatch.setattr(foreseeing, "BATCH", 4)
    foresight = Foresight(_schemas(six), ALONE)
    _look(foresight)
    with as_owner("public"), connection.cursor() as cursor:
        known = read_fingerprints(cursor, _schemas(six))
    assert {schema: foresight.take(schema) for schema in _schemas(six)} == known
    assert [foresight.take(schema) for schema in _schemas(six)] == [None] * 6  # a second try looks for itself


def test_foresight_does_not_count_for_long(six, monkeypatch):
    """Seen to fail without the comparison of the time in ``take``."""
    foresight = Foresight(_schemas(six), ALONE)
    _look(foresight)
    monkeypatch.setattr(foreseeing, "GOOD_SECONDS", 0.0)
    assert foresight.take(six[0].schema_name) is None


def test_foresight_leaves_out_who_was_upgraded_before_it_came_there(six, monkeypatch):
    read = []

    def remember(cursor, schemas, known):
        read.extend(schemas)
        return {}

    foresight = Foresight(_schemas(six), ALONE)
    assert foresight.take(six[2].schema_name) is None
    monkeypatch.setattr(foreseeing, "read_fingerprints", remember)
    _look(foresight)
    assert read == [schema for schema in _schemas(six) if schema != six[2].schema_name]


def test_foresight_keeps_off_while_people_work(six):
    foresight = Foresight(_schemas(six), Pace(share=4.0, is_busy=lambda: True))
    _look(foresight)
    assert [foresight.take(schema) for schema in _schemas(six)] == [None] * 6


def test_foresight_that_loses_its_connection_stops_nobody(six, now, monkeypatch):
    def cut(cursor, schemas, known):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(foreseeing, "read_fingerprints", cut)
    release = make_release(column("unforeseen"))
    start_rollout(release=release.name, by=SYSTEM, now=now, rehearse=False)
    assert run_rollout().state == RolloutState.DONE
    assert all("unforeseen" in columns(tenant, "accounts_user") for tenant in six)


def test_upgrade_looks_again_only_where_nothing_or_something_else_was_foreseen(six, now, monkeypatch):
    """Five were seen as they should be; one had been changed by hand: it is looked at again, and named.

    Seen to fail when any look ahead counts, whatever it saw.
    """
    _change(six[5], "ALTER TABLE accounts_user ADD COLUMN by_hand text")
    looked = looks(monkeypatch, upgrading)
    monkeypatch.setattr(runner, "Foresight", _Finished)
    release = make_release(column("foreseen"))
    rollout = start_rollout(release=release.name, by=SYSTEM, now=now, rehearse=False)
    assert run_rollout().state == RolloutState.DONE
    assert looked == [six[5].schema_name]
    assert seat_of(rollout.id, six[5]).state == SeatState.DRIFTED
    assert "cột accounts_user.by_hand" in seat_of(rollout.id, six[5]).error
    assert "foreseen" not in columns(six[5], "accounts_user")
    assert all("foreseen" in columns(tenant, "accounts_user") for tenant in six[:5])


def test_rollout_that_watches_its_rings_looks_nowhere_ahead(six, now, monkeypatch):
    """After minutes of watching the look would have to be taken again anyway."""
    asked = []

    class Noted(Foresight):
        def __init__(self, schemas, pace):
            asked.append(list(schemas))
            super().__init__((), pace)

    monkeypatch.setattr(runner, "Foresight", Noted)
    monkeypatch.setattr(runner.Runner, "_soak", lambda self, stage, *, least: True)
    release = make_release(column("watched"))
    start_rollout(release=release.name, by=SYSTEM, now=now, rehearse=False, soak_seconds=600)
    assert run_rollout().state == RolloutState.DONE
    assert asked[-1] == []
