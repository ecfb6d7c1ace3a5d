"""Room for people: while they work, a rollout takes one tenant at a time and rests in between; at night it hurries."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from django.conf import settings

from tenants.registry.figures.lookout import Lookout, people_work

# Most of a long turn was waiting, for a lock or a disk, and kept nobody from a core.
LONGEST_REST_SECONDS = 1.0


class Pace:
    """One a runner, shared by its threads. ``share``: seconds of rest for a second of work, while people work."""

    def __init__(self, *, share: float | None = None, is_busy: Callable[[], bool] = people_work) -> None:
        self._share = settings.RELEASE_REST if share is None else share
        self._lookout, self._one_at_a_time = Lookout(is_busy), Lock()

    def is_busy(self) -> bool:
        return bool(self._share) and self._lookout.is_busy()

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
