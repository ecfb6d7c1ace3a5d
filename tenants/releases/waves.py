"""One stage of a rollout: its tenants in N threads, until none of them is left to try."""

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any, NamedTuple

import psycopg
from django.utils import timezone

from tenants.registry.postgresql.typed import connection as ours
from tenants.releases import seats
from tenants.releases.chain import Compiled
from tenants.releases.enums import RolloutState
from tenants.releases.foreseeing import Foresight
from tenants.releases.pacing import Pace
from tenants.releases.threads import Breaker, Connections, Worker, connect_patiently

LOOK_SECONDS = 0.02
BEAT_SECONDS = 1.0
JOIN_SECONDS = 0.05  # before one more thread joins in: learning the catalogue takes it as long as ten tenants
WORTH_A_THREAD = (
    20  # tenants: a wave begins with one thread more for each so many, and does not wait whether it lasts
)


class Wave(NamedTuple):
    """How a stage ended: ``state`` is the rollout's, ``failed`` is set when too many tenants failed to go on."""

    state: str
    failed: int
    broken: bool


class Watch:
    """The runner's own connection: it holds the lock by which there is one runner, and notes its sign of life."""

    def __init__(self, connection: "psycopg.Connection[Any]", lock: int) -> None:
        self.connection, self.lock = connection, lock

    def beat(self, rollout_id: int) -> str:
        """The rollout's state now. Raises LockLost when the server forgot us and somebody else runs by now."""
        try:
            return seats.beat(self.connection, rollout_id=rollout_id)
        except psycopg.OperationalError:
            self.connection.close()
            ours.close()  # Django's own have met the same fate, those that wait in the pool as well
            ours.close_pool()
            fresh = connect_patiently(Event(), name="rollout watch")
            if fresh is None:
                raise
            self.connection = fresh
            if not take_lock(fresh, self.lock):
                raise LockLost from None
            return seats.beat(fresh, rollout_id=rollout_id)

    def left(self, rollout_id: int, stages: list[str]) -> Any:
        try:
            return seats.count_left(self.connection, rollout_id=rollout_id, stages=stages)
        except psycopg.OperationalError:
            self.beat(rollout_id)
            return seats.count_left(self.connection, rollout_id=rollout_id, stages=stages)


class LockLost(Exception):
    """Another runner has taken over."""


def take_lock(connection: "psycopg.Connection[Any]", lock: int) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", [lock]).fetchone()
    return bool(row and row[0])


def run_wave(
    *,
    rollout_id: int,
    stages: list[str],
    chain: list[Compiled],
    parallel: int,
    tolerated: int,
    watch: Watch,
    pace: Pace,
    connections: Connections,
    foresight: Foresight,
    say: Callable[[str], None],
) -> Wave:
    """Everything of ``stages`` whose turn it is, with retries; stops taking tenants when too many have failed."""
    left, failed, _when = watch.left(rollout_id, stages)
    breaker = Breaker(stop=Event(), total=left, failed=failed, tolerated=tolerated)
    while True:
        workers = [
            Worker(
                rollout_id=rollout_id,
                stages=stages,
                chain=chain,
                database=ours.settings_dict["NAME"],
                breaker=breaker,
                pace=pace,
                connections=connections,
                foresight=foresight,
                say=say,
            )
            for _number in range(min(parallel, max(left, 1)))
        ]
        _run(workers, rollout_id, watch, breaker.stop, at_once=1 + left // WORTH_A_THREAD)
        state = watch.beat(rollout_id)
        left, failed, not_before = watch.left(rollout_id, stages)
        if state != RolloutState.RUNNING or breaker.tripped or not left:
            return Wave(state, failed, breaker.tripped)
        if not_before is not None:  # those that were put off
            time.sleep(min(max((not_before - timezone.now()).total_seconds(), 0.05), BEAT_SECONDS))


def _run(workers: list[Worker], rollout_id: int, watch: Watch, stop: Event, *, at_once: int) -> None:
    """Until every worker has come home; looks now and then whether a person has stopped the rollout."""
    threads = [Thread(target=worker.run, daemon=True) for worker in workers]
    started = threads[:at_once]
    for thread in started:
        thread.start()
    looked = joined = time.monotonic()
    try:
        while any(thread.is_alive() for thread in started):
            for thread in started:
                thread.join(LOOK_SECONDS)
            now = time.monotonic()
            if now - joined > JOIN_SECONDS and len(started) < len(threads) and not stop.is_set():
                joined = now
                started.append(threads[len(started)])
                started[-1].start()
            if now - looked > BEAT_SECONDS:
                looked = now
                if watch.beat(rollout_id) != RolloutState.RUNNING:
                    stop.set()
    except BaseException:
        stop.set()
        raise
    finally:
        for thread in started:
            thread.join()
