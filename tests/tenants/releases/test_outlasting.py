"""A long transaction anywhere in the database, as an export or a dump is, and the indexes that are built meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import pytest
from psycopg import Connection

from kernel.actors import SYSTEM
from tenants.releases import failing, outlasting
from tenants.releases.connecting import connect
from tenants.releases.enums import RolloutState, SeatState, StepKind
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import count_seats, list_seats
from tenants.releases.services import start_rollout
from tests.tenants.releases.fleet import make_release

pytestmark = pytest.mark.usefixtures("committed")


def _index(name: str) -> tuple[str, str]:
    sql = f'CREATE INDEX CONCURRENTLY "{name}" ON "django_session" ("session_data")'
    return StepKind.CONCURRENT_INDEX, sql


@contextmanager
def _exporting(six) -> Iterator[Connection]:
    """Somebody reads another province's rows as one moment saw them: no lock of anybody's tables is in the way."""
    with connect(name="export Q06") as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute(f"SELECT count(*) FROM {six[5].schema_name}.accounts_user")
        yield reader


def test_an_export_of_one_province_holds_no_release_of_the_others_up(six, now):
    """It ends after three seconds. Seen to fail when an index was waited for as a lock is, two seconds: the rollout was
    held at its rehearsal, and the board said that a table was locked, which none was."""
    make_release(_index("beside_export"))
    rollout = start_rollout(release=None, by=SYSTEM, now=now)
    with _exporting(six) as reader:
        ends = Timer(3.0, lambda: reader.execute("ROLLBACK"))
        ends.start()
        done = run_rollout()
        ends.join()
    assert done.state == RolloutState.DONE, done.why
    assert count_seats(rollout.id) == {SeatState.DONE: 6}


def test_a_transaction_that_does_not_end_is_named(six, now, monkeypatch):
    monkeypatch.setattr(outlasting, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(failing, "ATTEMPTS", 1)
    make_release(_index("beside_dump"))
    rollout = start_rollout(release=None, by=SYSTEM, now=now, rehearse=False)
    with _exporting(six):
        held = run_rollout()
    assert held.state == RolloutState.HELD
    errors = {seat.error for seat in list_seats(rollout.id) if seat.state == SeatState.FAILED}
    assert errors
    assert [error for error in errors if "export Q06" not in error] == []
