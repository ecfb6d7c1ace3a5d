"""How many connections a wave opens: no more than its length asks for, and never one alone behind a stuck tenant."""

import psycopg
import pytest

from kernel.actors import SYSTEM
from tenants.releases import failing, threads, waves
from tenants.releases.enums import RolloutState, SeatState
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import count_seats
from tenants.releases.services import start_rollout
from tests.tenants.releases.fleet import column, locked, make_release

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def opened(monkeypatch):
    """The connections that were opened, by name."""
    names = []
    real = threads.connect

    def remember(*, name):
        names.append(name)
        return real(name=name)

    monkeypatch.setattr(threads, "connect", remember)
    return names


def _roll(now, name):
    rollout = start_rollout(
        release=make_release(column(name)).name, by=SYSTEM, now=now, rehearse=False, parallel=3
    )
    assert run_rollout().state == RolloutState.DONE
    return count_seats(rollout.id)


def test_wave_of_quick_tenants_opens_one_connection(six, now, opened, monkeypatch):
    monkeypatch.setattr(waves, "JOIN_SECONDS", 60.0)
    assert _roll(now, "quick") == {SeatState.DONE: 6}
    assert opened == ["rollout"]


def test_wave_of_many_begins_with_several(six, now, opened, monkeypatch):
    """Three of the last ring, one more connection for each two of them. Seen to fail with one thread at the start."""
    monkeypatch.setattr(waves, "JOIN_SECONDS", 60.0)
    monkeypatch.setattr(waves, "WORTH_A_THREAD", 2)
    assert _roll(now, "many") == {SeatState.DONE: 6}
    assert opened == ["rollout"] * 2


def test_rollout_does_without_the_connection_that_could_not_be_opened_beforehand(six, now, monkeypatch):
    real, tried = threads.connect, []

    def fail_once(*, name):
        tried.append(name)
        if len(tried) == 1:
            raise psycopg.OperationalError("away")
        return real(name=name)

    monkeypatch.setattr(threads, "connect", fail_once)
    assert _roll(now, "without") == {SeatState.DONE: 6}
    assert len(tried) >= 2


def test_wave_that_lasts_opens_as_many_as_it_may(six, now, opened, monkeypatch):
    """One waits for a lock: the others of its ring go by it."""
    monkeypatch.setattr(failing, "ATTEMPTS", 1)
    with locked(six[3], "accounts_user"):
        assert _roll(now, "lasting") == {SeatState.DONE: 5, SeatState.FAILED: 1}
    assert 2 <= len(opened) <= 3
