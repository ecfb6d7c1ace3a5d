"""Room for people: while they work, a rollout takes one tenant at a time and rests in between; at night it hurries."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

import structlog
from django.conf import settings
from django.utils import timezone

from kernel.valkey import redis
from tenants.registry.figures.reading import read_crowd

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0  # how long an answer stands before it is asked again whether people work
LONGEST_REST_SECONDS = (
    1.0  # most of a long turn was waiting, for a lock or a disk, and kept nobody from a core
)


def people_work() -> bool:
    """Whether requests come in. Not knowing is answered with yes: being slow is the lesser fault."""
    try:
        return read_crowd(now=timezone.now()) >= settings.RELEASE_CROWD
    except redis.RedisError as error:
        log.warning("crowd.unknown", error=type(error).__name__)
        return True


class Pace:
    """One a runner, shared by its threads. ``share``: seconds of rest for a second of work, while people work."""

    def __init__(self, *, share: float | None = None, is_busy: Callable[[], bool] = people_work) -> None:
        self._share = settings.RELEASE_REST if share is None else share
        self._ask = is_busy
        self._busy, self._look_at = False, 0.0
        self._looking, self._one_at_a_time = Lock(), Lock()

    def is_busy(self) -> bool:
        if not self._share:
            return False
        with self._looking:
            if time.monotonic() >= self._look_at:
                self._busy = self._ask()
                self._look_at = time.monotonic() + LOOK_SECONDS
            return self._busy

    @contextmanager
    def turn(self, stop: Event) -> Iterator[None]:
        """Around the work on one tenant. While people work: alone, with a rest at the end that ``stop`` cuts short."""
        if not self.is_busy():
            yield
            return
        with self._one_at_a_time:
            begun = time.monotonic()
            try:
                yield
            finally:
                stop.wait(self._rest_after(begun))

    def rest(self, begun: float) -> None:
        """After a part of a longer work that ``begun`` then (time.monotonic): a batch, a table, a reading."""
        if self.is_busy():
            time.sleep(self._rest_after(begun))

    def _rest_after(self, begun: float) -> float:
        return min(LONGEST_REST_SECONDS, (time.monotonic() - begun) * self._share)
