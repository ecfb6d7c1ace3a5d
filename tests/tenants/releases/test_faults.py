"""A hundred tenants and everything that goes wrong on the way: the others finish, nothing is half done, the rerun completes."""

import signal
import threading

import pytest
from django.db import connection, connections

from kernel.actors import Actor, ActorKind
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.shape import read_fingerprints
from tenants.registry.acts import list_acts
from tenants.registry.context import central_context, tenant_context
from tenants.releases import errors, failing
from tenants.releases.enums import RolloutState, SeatState, StepKind
from tenants.releases.models import Rollout
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import count_seats, find_active_rollout
from tenants.releases.services import start_rollout
from tests.tenants.releases.fleet import (
    column,
    columns,
    locked,
    make_release,
    manage,
    releases_of,
    seat_of,
    wait_until,
)

BY = Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Vận Hành")
POISON = "ALTER TABLE django_session ADD CONSTRAINT no_poison CHECK (session_key <> 'Nguyễn Văn Độc')"
# Beside these tests the journeys run on the same server, with a rollout of their own.
_RUNNERS = "application_name LIKE 'motcua rollout%' AND datname = current_database()"
pytestmark = pytest.mark.usefixtures("committed")


def _start(now, **more):
    return start_rollout(release=None, by=BY, now=now, rehearse=False, **more)


def _all_equal(tenants, release):
    with as_owner("public"), connection.cursor() as cursor:
        prints = read_fingerprints(cursor, [tenant.schema_name for tenant in tenants])
    return set(prints.values()) == {release.fingerprint} and set(releases_of(tenants)) == {release.number}


def test_poison_in_one_and_a_lock_in_another_stop_nobody_else(hundred, now, monkeypatch):
    """Tenant 57 holds a row that the release cannot take, in tenant 70 a transaction sits on a lock.

    Without the transaction around a tenant's steps, 57 would keep the column of the first step;
    without the lock's time limit, the run would wait for 70 for ever.
    """
    monkeypatch.setattr(failing, "ATTEMPTS", 2)  # each try costs the two seconds that a lock is waited for
    poisoned, busy = hundred[56], hundred[69]
    with tenant_context(poisoned), connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('Nguyễn Văn Độc', '', now())")
    release = make_release(column("whole"), (StepKind.TRANSACTION, POISON))
    rollout = _start(now)
    with locked(busy, "accounts_user"):
        done = run_rollout(say=print)
    assert done.state == RolloutState.DONE, done.why
    assert count_seats(rollout.id) == {SeatState.DONE: 98, SeatState.FAILED: 2}
    assert seat_of(rollout.id, poisoned).error == (
        "dữ liệu trái ràng buộc (SQLSTATE 23514, bảng django_session, ràng buộc no_poison); "
        "quy tắc: CHECK (((session_key)::text <> 'Nguyễn Văn Độc'::text))"
    )
    assert "SQLSTATE 55P03" in seat_of(rollout.id, busy).error
    assert "bảng accounts_user do “motcua coffee” giữ" in seat_of(rollout.id, busy).error
    assert seat_of(rollout.id, busy).attempts == 2
    assert "whole" not in columns(poisoned, "accounts_user")
    assert releases_of([poisoned, busy]) == [release.number - 1] * 2
    with tenant_context(poisoned), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    again = _start(now)
    assert run_rollout().state == RolloutState.DONE
    assert count_seats(again.id) == {SeatState.DONE: 2}
    assert _all_equal(hundred, release)


@pytest.mark.parametrize(("table", "done"), [("django_migrations", 32), ("accounts_user", 33)])
def test_a_runner_that_is_killed_leaves_every_tenant_whole(hundred, now, table, done):
    """The runner dies in tenant 33, by kill -9, while it waits there for a lock; another one goes on.

    Before it has told the server all, nothing of 33 is done, and without taking back what the dead one had marked as
    running 33 would wait for ever. From then on the server carries out what it was told, with the board's line.
    """
    release = make_release(column(f"killed_{done}"))
    with locked(hundred[32], table, mode="ACCESS EXCLUSIVE"):
        process = manage("release", "start", "--no-rehearsal", "--parallel", "1", "--soak", "0")
        wait_until(lambda: find_active_rollout() is not None)
        rollout = find_active_rollout()
        assert rollout is not None
        wait_until(lambda: seat_of(rollout.id, hundred[32]).state == SeatState.RUNNING)
        wait_until(lambda: _somebody_runs("wait_event_type = 'Lock'"))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    wait_until(lambda: not _somebody_runs())
    assert [seat_of(rollout.id, tenant).state for tenant in hundred] == [
        *[SeatState.DONE] * done, *[SeatState.RUNNING] * (33 - done), *[SeatState.WAITING] * 67
    ]  # fmt: skip
    assert releases_of(hundred) == [release.number] * done + [release.number - 1] * (100 - done)
    assert (f"killed_{done}" in columns(hundred[32], "accounts_user")) == (done == 33)
    resumed = manage("release", "resume")
    said, _ = resumed.communicate(timeout=120)
    assert resumed.returncode == 0, said
    assert "100 đã xong" in said
    assert _all_equal(hundred, release)


def _somebody_runs(how="true"):
    """Not any more: the server has noticed that the dead runner's connection is gone."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {_RUNNERS} AND {how}")
        return cursor.fetchone()[0]


def test_connections_that_are_cut_are_made_again(hundred, now):
    """The database ends every connection of the runner in the middle, as when it restarts.

    Let _after_loss raise instead of going on with a new connection, and the threads die with half of the fleet left.
    """
    release = make_release((StepKind.TRANSACTION, "SELECT pg_sleep(0.05)"), column("cut"))
    _start(now)
    done = []
    runner = threading.Thread(target=lambda: done.append(run_rollout()) or connections.close_all())
    runner.start()
    rollout = find_active_rollout()
    assert rollout is not None
    for share in (20, 60):
        wait_until(lambda share=share: count_seats(rollout.id).get(SeatState.DONE, 0) >= share)
        with as_owner("public"), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_RUNNERS}")
    runner.join(120)
    assert [one.state for one in done] == [RolloutState.DONE]
    assert count_seats(rollout.id) == {SeatState.DONE: 100}
    assert _all_equal(hundred, release)


def test_of_two_operators_who_start_at_once_one_is_refused(hundred, now):
    """Take the constraint one_rollout_is_active away and both start."""
    make_release(column("twice"))
    gate, outcomes = threading.Barrier(2), []

    def press(name):
        gate.wait()
        try:
            start_rollout(
                release=None, by=Actor(kind=ActorKind.OPERATOR, id=None, name=name), now=now, rehearse=False
            )
            outcomes.append("started")
        except errors.RolloutActive as refused:
            outcomes.append(str(refused))
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press, args=[name]) for name in ("An", "Bình")]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert outcomes.count("started") == 1
    assert any("đang được triển khai, do" in one for one in outcomes)
    with central_context():
        assert Rollout.objects.count() == 1
        started = [act for act in list_acts() if act.action == "rollout.started"]
    assert started[0].operator_name in ("An", "Bình")
    assert run_rollout().state == RolloutState.DONE


def test_a_wave_in_which_too_many_fail_stops_by_itself(hundred, now):
    """Without the breaker the wave would break all hundred."""
    for tenant in hundred[:30]:
        with tenant_context(tenant), connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_session VALUES ('nấm', '', now())")
    constraint = "ALTER TABLE django_session ADD CONSTRAINT no_fungus CHECK (session_key <> 'nấm')"
    release = make_release((StepKind.TRANSACTION, constraint))
    rollout = _start(now, parallel=1)
    held = run_rollout()
    assert held.state == RolloutState.HELD
    assert "5 bộ, tỉnh cập nhật không xong: Q01, Q02, Q03, Q04, Q05" in held.why
    assert "95 nơi của vòng chưa làm" in held.why
    assert count_seats(rollout.id) == {SeatState.FAILED: 5, SeatState.WAITING: 95}
    for tenant in hundred[:30]:
        with tenant_context(tenant), connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_session")
    with central_context():
        Rollout.objects.filter(id=rollout.id).update(state=RolloutState.STOPPED)
    again = _start(now)
    assert run_rollout().state == RolloutState.DONE
    assert count_seats(again.id) == {SeatState.DONE: 100}
    assert _all_equal(hundred, release)
