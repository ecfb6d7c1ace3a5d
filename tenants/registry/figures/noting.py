"""Counting in the process: a request adds one to a number; a thread carries the numbers to Valkey.

The request touches no network. The thread wakes with the first request after a
pause, waits a second and sends what has come together, so the last numbers
arrive too when traffic stops. What a process has not sent when it dies is lost,
and so is what Valkey would not take: these are figures, not facts of a case.
"""

import os
import threading
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django_tenants.utils import get_public_schema_name

from kernel.valkey import redis
from tenants.registry.figures.scale import step_of

log = structlog.get_logger(__name__)

SLOT_SECONDS = 5  # as fine as a span can be read
KEPT_SECONDS = 6 * 3600
CROWD_SECONDS = 60  # how long it is remembered how many people of all tenants came
FLUSH_SECONDS = 1.0
ERROR = "e"  # in the place of the step


def key_of(schema: str, minute: int) -> str:
    """The schema's name first, like every key of the house: one tenant's can never be another's."""
    return f"{schema}:figures:{minute}"


def crowd_key(slot: int) -> str:
    """The centre's: requests of all tenants together in one slot, counted from the epoch."""
    return f"{get_public_schema_name()}:crowd:{slot}"


def connect() -> "redis.Redis":
    """Short patience: figures are never worth a wait."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1.0, socket_connect_timeout=1.0)


class Notebook:
    """One a process. ``note`` is for many threads at once; ``flush`` sends and forgets."""

    def __init__(self, open_client: Callable[[], "redis.Redis"] = connect) -> None:
        self._open_client = open_client
        self.forget()

    def forget(self) -> None:
        """Also what a child does after a fork: a lock that some thread of the parent held would never open."""
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._wake = threading.Event()
        self._counts: dict[tuple[str, int, str], int] = {}
        self._crowd: dict[int, int] = {}
        self._thread: threading.Thread | None = None
        self._client: redis.Redis | None = None

    def note(
        self, *, schema: str, page_class: str, failed: bool, seconds: float, is_probe: bool = False
    ) -> None:
        """``is_probe``: the platform's own check asked, nobody waits for the answer: it is no crowd."""
        moment = time.time()
        minute, within = divmod(moment, 60)
        place = f"{int(within // SLOT_SECONDS)}:{page_class}:"
        key = (schema, int(minute), f"{place}{step_of(seconds)}")
        with self._lock:
            counts = self._counts
            counts[key] = counts.get(key, 0) + 1
            if failed:
                error = (schema, int(minute), place + ERROR)
                counts[error] = counts.get(error, 0) + 1
            if not is_probe:
                slot = int(moment // SLOT_SECONDS)
                self._crowd[slot] = self._crowd.get(slot, 0) + 1
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._carry, name="figures", daemon=True)
                self._thread.start()
        if not self._wake.is_set():
            self._wake.set()

    def flush(self) -> bool:
        """Whether Valkey took it; what it did not take is dropped. Behind it nothing is on its way any more."""
        with self._sending:
            return self._send()

    def _send(self) -> bool:
        with self._lock:
            counts, self._counts = self._counts, {}
            crowd, self._crowd = self._crowd, {}
        if not counts:
            return True
        try:
            if self._client is None:
                self._client = self._open_client()
            sending = self._client.pipeline(transaction=False)
            for (schema, minute, field), count in counts.items():
                sending.hincrby(key_of(schema, minute), field, count)
            for schema, minute in {place[:2] for place in counts}:
                sending.expire(key_of(schema, minute), KEPT_SECONDS)
            for slot, count in crowd.items():
                sending.incrby(crowd_key(slot), count)
                sending.expire(crowd_key(slot), CROWD_SECONDS)
            sending.execute()
        except redis.RedisError as error:
            log.warning("figures.dropped", numbers=len(counts), error=type(error).__name__)
            return False
        return True

    def _carry(self) -> None:
        while True:
            self._wake.wait()
            time.sleep(FLUSH_SECONDS)
            self._wake.clear()
            self.flush()


notebook = Notebook()
os.register_at_fork(after_in_child=notebook.forget)
