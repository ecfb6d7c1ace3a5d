"""Two people at the same moment, a thread and a database connection each, with real commits."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from threading import Barrier, Event
from time import sleep
from typing import Any

from django.db import connection, transaction

from kernel.errors import DomainError

Room = Callable[[], AbstractContextManager[Any]]
Act = Callable[[], Any]
_PATIENCE = 20  # seconds


def at_once(room: Room, *acts: Act) -> list[Any]:
    """All set off together. What each gave back, or the refusal that it raised; any other error ends the test."""
    gate = Barrier(len(acts))

    def one(act: Act) -> Any:
        with _own_connection(room):
            gate.wait(timeout=_PATIENCE)
            return _answer(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def one_waits(room: Room, first: Act, second: Act) -> list[Any]:
    """``second`` sets off when ``first`` has done its work and not yet committed; that it does when ``second`` is held.

    For a race whose bad moment is too short for a barrier. Where nothing holds the second it goes through at once,
    and the first commits after it.
    """
    done, over = Event(), Event()

    def lead() -> Any:
        with _own_connection(room), transaction.atomic():
            answer = _answer(first)
            done.set()
            while not over.is_set() and not _somebody_waits():
                sleep(0.01)
            return answer

    def follow() -> Any:
        with _own_connection(room):
            assert done.wait(_PATIENCE)
            try:
                return _answer(second)
            finally:
                over.set()

    with ThreadPoolExecutor(2) as pool:
        return [answer.result(_PATIENCE) for answer in (pool.submit(lead), pool.submit(follow))]


@contextmanager
def _own_connection(room: Room) -> Iterator[None]:
    try:
        with room():
            connection.ensure_connection()
            yield
    finally:
        connection.close()


def _answer(act: Act) -> Any:
    try:
        return act()
    except DomainError as refusal:
        return refusal


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def kinds(answers: list[Any]) -> list[str]:
    """The codes of the refusals among the answers, in order; what was done counts as ``done``."""
    return sorted(answer.code if isinstance(answer, DomainError) else "done" for answer in answers)
