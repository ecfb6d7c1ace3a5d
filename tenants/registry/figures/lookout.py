"""Whether people work at this moment, for whatever would rather not be in their way."""

import time
from collections.abc import Callable
from threading import Lock

import structlog
from django.conf import settings
from django.utils import timezone

from kernel.valkey import redis
from tenants.registry.figures.reading import read_crowd

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0  # how long an answer stands before it is asked again


def people_work() -> bool:
    """Whether requests come in. Not knowing is answered with yes: being slow is the lesser fault."""
    try:
        return read_crowd(now=timezone.now()) >= settings.RELEASE_CROWD
    except redis.RedisError as error:
        log.warning("crowd.unknown", error=type(error).__name__)
        return True


class Lookout:
    """Asks once a second at the most, for however many threads."""

    def __init__(self, ask: Callable[[], bool] = people_work) -> None:
        self._ask = ask
        self._busy, self._look_at, self._looking = False, 0.0, Lock()

    def is_busy(self) -> bool:
        with self._looking:
            if time.monotonic() >= self._look_at:
                self._busy = self._ask()
                self._look_at = time.monotonic() + LOOK_SECONDS
            return self._busy
