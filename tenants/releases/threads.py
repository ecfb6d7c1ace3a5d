"""One thread of a runner: takes tenants one after the other until none is left, and lets no failure out."""

import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

import psycopg
from psycopg import sql
from psycopg.errors import LockNotAvailable
from psycopg.pq import TransactionStatus

from tenants.registry.minimum import get_minimum_release
from tenants.registry.places import forget_hosts
from tenants.registry.roles import role_name
from tenants.releases import failing, seats
from tenants.releases.chain import Compiled
from tenants.releases.connecting import connect
from tenants.releases.enums import SeatState
from tenants.releases.foreseeing import Foresight
from tenants.releases.holding import say_holder
from tenants.releases.pacing import Pace
from tenants.releases.seats import Taken
from tenants.releases.turns import too_many_failed
from tenants.releases.upgrading import Drifted, Target, upgrade

Connection = psycopg.Connection[Any]
Say = Callable[[str], None]
RECONNECT_SECONDS = 60.0


class Breaker:
    """Counts the failures of a wave; the one that is too many stops every thread at once."""

    def __init__(self, *, stop: Event, total: int, failed: int, tolerated: int) -> None:
        self.stop, self.total, self.failed, self.tolerated = stop, total, failed, tolerated
        self.tripped = self._too_many()
        self._one_at_a_time = Lock()

    def note(self) -> None:
        with self._one_at_a_time:
            self.failed += 1
            if self._too_many():
                self.tripped = True
                self.stop.set()

    def _too_many(self) -> bool:
        return too_many_failed(failed=self.failed, tolerated=self.tolerated, total=self.total)


class Connections:
    """Those that a ring's threads leave to the next ring's: they know the catalogue by then, new ones do not."""

    def __init__(self) -> None:
        self._idle: list[Connection] = []
        self._opening: Thread | None = None

    def open_one(self) -> None:
        """Beforehand: half of what a first tenant takes is learning the board."""
        self._opening = Thread(target=self._open_one, daemon=True)
        self._opening.start()

    def _open_one(self) -> None:
        try:
            connection = connect(name="rollout")
            seats.get_ready(connection)
        except psycopg.OperationalError:
            return  # whoever needs one opens it, and waits for the server
        self.give_back(connection)

    def take(self, stop: Event) -> Connection | None:
        """None when ``stop`` is set while the server is away."""
        if self._opening is not None:
            self._opening.join()  # nobody has another one sooner
        return self._idle.pop() if self._idle else _open_patiently(stop)

    def give_back(self, connection: Connection) -> None:
        if connection.info.transaction_status == TransactionStatus.IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    def close(self) -> None:
        if self._opening is not None:
            self._opening.join()
        while self._idle:
            self._idle.pop().close()


class Worker:
    """``chain`` holds every release up to the target; a tenant gets those that it lacks."""

    def __init__(
        self,
        *,
        rollout_id: int,
        stages: list[str],
        chain: list[Compiled],
        database: str,
        breaker: Breaker,
        pace: Pace,
        connections: Connections,
        foresight: Foresight,
        say: Say,
    ) -> None:
        self.rollout_id, self.stages, self.chain = rollout_id, stages, chain
        self.database, self.breaker, self.stop, self.say = database, breaker, breaker.stop, say
        self.pace, self.connections, self.foresight = pace, connections, foresight
        self.served_from = get_minimum_release()  # asked here: a thread has no connection of Django's

    def run(self) -> None:
        """Until there is no tenant whose turn it is now, or ``stop`` is set."""
        connection = self.connections.take(self.stop)
        try:
            while connection is not None and not self.stop.is_set():
                try:
                    with self.pace.turn(self.stop):
                        if self.stop.is_set():  # while it waited for its turn
                            return
                        seat = seats.take_seat(connection, rollout_id=self.rollout_id, stages=self.stages)
                        if seat is None:
                            return
                        connection = self._serve(connection, seat)
                except psycopg.OperationalError:  # between two tenants: the database went away
                    connection = self._again(connection) if connection is not None else None
        finally:
            if connection is not None:
                self.connections.give_back(connection)

    def _serve(self, connection: Connection, seat: Taken) -> Connection | None:
        begun = time.monotonic()
        try:
            self._upgrade(connection, seat, begun)
        except Exception as error:  # the outermost edge of one tenant: the others go on
            took = (time.monotonic() - begun) * 1000
            if connection.closed or connection.broken:
                return self._after_loss(connection, seat, error, took)
            self._note_failure(connection, seat, error, took)
        return connection

    def _upgrade(self, connection: Connection, seat: Taken, begun: float) -> None:
        chain = [release for release in self.chain if release.number > seat.release]

        def done() -> sql.Composed:
            return seats.finished(seat, milliseconds=(time.monotonic() - begun) * 1000)

        def filled(inside: Connection, migration: str, after: int) -> None:
            seats.note_filled(inside, seat, migration, after)

        if not chain:  # upgraded meanwhile by other hands
            connection.execute(done())
            return
        role = role_name(database=self.database, schema=seat.schema)
        target = Target(seat.schema, role, seat.tenant_id, dict(seat.note))
        upgrade(
            connection,
            target,
            chain,
            seat_done=done,
            filled=filled,
            rest=self.pace.rest,
            foreseen=self.foresight.take(seat.schema),
            known=self.foresight.known,
        )
        if seat.release < self.served_from:
            forget_hosts()  # its people were shown the page of upgrades: they are served from now on

    def _note_failure(self, connection: Connection, seat: Taken, error: BaseException, took: float) -> None:
        said = failing.describe(error, self.chain)
        if isinstance(error, LockNotAvailable):
            said = "; ".join(filter(None, (said, say_holder(connection, seat.schema))))
        if failing.is_passing(error) and seat.attempts < failing.ATTEMPTS:
            seats.put_off(connection, seat, error=said, seconds=failing.delay(seat.attempts))
            return
        state = SeatState.DRIFTED if isinstance(error, Drifted) else SeatState.FAILED
        seats.give_up(connection, seat, state=state, error=said, milliseconds=took)
        self.say(f"  ✗ {seat.code}: {said}")
        self.breaker.note()

    def _after_loss(
        self, connection: Connection, seat: Taken, error: BaseException, took: float
    ) -> Connection | None:
        """The connection is gone: what came of the tenant is written on a new one."""
        fresh = self._again(connection)
        if fresh is not None:
            self._note_failure(fresh, seat, error, took)
        return fresh

    def _again(self, connection: Connection) -> Connection | None:
        connection.close()
        return _open_patiently(self.stop)


def _open_patiently(stop: Event) -> Connection | None:
    return connect_patiently(stop, name="rollout", first=seats.get_ready)


def connect_patiently(
    stop: Event, *, name: str, first: Callable[[Connection], None] = lambda connection: None
) -> Connection | None:
    """A server that restarts is back in a while. None when ``stop`` is set; raises after RECONNECT_SECONDS.

    ``first`` is done on the new connection; without it there is none.
    """
    end = time.monotonic() + RECONNECT_SECONDS
    while True:
        try:
            connection = connect(name=name)
            try:
                first(connection)
            except psycopg.OperationalError:
                connection.close()
                raise
            return connection
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            if stop.wait(0.3):
                return None
