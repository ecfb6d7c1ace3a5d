"""One stage of a rollout: its tenants in N threads, until none of them is left to try."""

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any, NamedTuple

import psycopg
from django.db import connection as ours
from django.utils import timezone

from tenants.releases import seats
from tenants.releases.chain import Compiled
from tenants.releases.enums import RolloutState
from tenants.releases.threads import Worker, connect_patiently
from tenants.releases.turns import too_many_failed

LOOK_SECONDS = 0.02
BEAT_SECONDS = 1.0


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
    say: Callable[[str], None],
) -> Wave:
    """Everything of ``stages`` whose turn it is, with retries; stops taking tenants when too many have failed."""
    stop = Event()
    while True:
        broken = _threads(rollout_id, stages, chain, parallel, tolerated, watch, stop, say)
        state = watch.beat(rollout_id)
        left, failed, not_before = watch.left(rollout_id, stages)
        if state != RolloutState.RUNNING or broken or not left:
            return Wave(state, failed, broken)
        if not_before is not None:  # those that were put off
            time.sleep(min(max((not_before - timezone.now()).total_seconds(), 0.05), BEAT_SECONDS))


def _threads(
    rollout_id: int, stages: list[str], chain: list[Compiled], parallel: int, tolerated: int,
    watch: Watch, stop: Event, say: Callable[[str], None],
) -> bool:  # fmt: skip
    database = ours.settings_dict["NAME"]
    total, *_rest = watch.left(rollout_id, stages)
    threads = [
        Thread(
            target=Worker(
                rollout_id=rollout_id, stages=stages, chain=chain, database=database, stop=stop, say=say
            ).run,
            daemon=True,
        )
        for _ in range(min(parallel, max(total, 1)))
    ]
    for thread in threads:
        thread.start()
    broken, looked = False, time.monotonic()
    try:
        while any(thread.is_alive() for thread in threads):
            threads[0].join(LOOK_SECONDS) if threads[0].is_alive() else time.sleep(LOOK_SECONDS)
            if time.monotonic() - looked < BEAT_SECONDS:
                continue
            looked = time.monotonic()
            if watch.beat(rollout_id) != RolloutState.RUNNING:
                stop.set()
            _left, failed, _when = watch.left(rollout_id, stages)
            if too_many_failed(failed=failed, tolerated=tolerated, total=total):
                broken = True
                stop.set()
    finally:
        stop.set() if broken else None
        for thread in threads:
            thread.join()
    _left, failed, _when = watch.left(rollout_id, stages)
    return broken or too_many_failed(failed=failed, tolerated=tolerated, total=total)
