"""A rollout makes room for people: how it knows that they are there, and what it does then."""

from itertools import pairwise
from threading import Barrier, Event, Lock, Thread

import pytest

from kernel.actors import SYSTEM
from tenants.releases import pacing
from tenants.releases.enums import RolloutState
from tenants.releases.pacing import Pace
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import list_seats
from tenants.releases.services import start_rollout
from tests.tenants.releases.fleet import column, make_release


def _most_at_once(pace):
    """Of three threads, each with four turns: how many had theirs at the same time."""
    inside, most, counting = [0], [0], Lock()

    def work():
        for _each in range(4):
            with pace.turn(Event()):
                with counting:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                Event().wait(0.005)
                with counting:
                    inside[0] -= 1

    threads = [Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return most[0]


def test_turn_is_one_thread_s_alone_while_people_work():
    """Seen to fail without the lock in ``turn``."""
    assert _most_at_once(Pace(share=0.1, is_busy=lambda: True)) == 1


@pytest.mark.parametrize(
    "pace", [Pace(share=4.0, is_busy=lambda: False), Pace(share=0.0, is_busy=lambda: True)]
)
def test_turn_keeps_nobody_back_when_nobody_works_or_no_rest_is_wanted(pace):
    together = Barrier(2, timeout=20)

    def work():
        with pace.turn(Event()):
            together.wait()

    other = Thread(target=work)
    other.start()
    work()  # a BrokenBarrierError when the other one was kept outside
    other.join()


def test_turn_ends_its_rest_when_it_is_stopped(monkeypatch):
    """Seen to hang with ``time.sleep`` in the place of ``stop.wait``."""
    monkeypatch.setattr(pacing, "LONGEST_REST_SECONDS", 3600.0)
    stop = Event()
    with Pace(share=1e9, is_busy=lambda: True).turn(stop):
        stop.set()


@pytest.mark.usefixtures("committed")
def test_run_rollout_takes_one_tenant_after_the_other_while_people_work(six, now, settings):
    """Seen to fail without the lock in ``Pace.turn``: the seats of a ring overlap."""
    settings.RELEASE_REST, settings.RELEASE_CROWD = 0.2, 0.0
    make_release(column("in_the_daytime"))
    rollout = start_rollout(release=None, by=SYSTEM, now=now, rehearse=False)
    assert run_rollout().state == RolloutState.DONE
    seats = sorted(list_seats(rollout.id), key=lambda seat: seat.started_at)
    assert len(seats) == len(six)
    assert all(before.finished_at <= after.started_at for before, after in pairwise(seats))


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(("crowd_from", "made"), [(0.0, 3), (1_000_000.0, 0)])
def test_run_rollout_makes_way_before_each_wave_only_while_people_work(six, now, settings, crowd_from, made):
    """Seen to fail when it always makes way, and when it never does."""
    settings.RELEASE_REST, settings.RELEASE_CROWD = 0.01, crowd_from
    make_release(column(f"made_way_{made}"))
    start_rollout(release=None, by=SYSTEM, now=now, rehearse=False)
    times = []
    assert run_rollout(make_way=lambda: times.append(1)).state == RolloutState.DONE
    assert len(times) == made
