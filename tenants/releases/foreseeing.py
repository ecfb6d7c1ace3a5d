"""The look at a schema before it is upgraded, taken while another core is idle: during the rehearsal and the gates.

A look costs most of an upgrade's time. One that was taken a moment before the
tenant's turn says as much as one at its beginning: what stands between is
seconds, and what is done by hand in them would slip through just as well
between the look and the lock.
"""

import time
from collections.abc import Iterable
from threading import Event, Lock, Thread

import psycopg
import structlog

from tenants.provisioning.shape import read_fingerprints
from tenants.releases.connecting import connect
from tenants.releases.pacing import Pace

log = structlog.get_logger(__name__)
GOOD_SECONDS = 10.0  # how long a look counts
BATCH = 10  # schemas a statement: planning it costs as much as one of them


class Foresight:
    """Only helps: without it, or where it has not come yet, whoever upgrades a tenant looks for himself."""

    def __init__(self, schemas: Iterable[str], pace: Pace) -> None:
        self._left = list(schemas)
        self._pace, self._stop, self._one_at_a_time = pace, Event(), Lock()
        self._seen: dict[str, tuple[str, float]] = {}
        self.known: dict[str, str] = {}  # likeness → fingerprint, for whoever looks for himself
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        """Until it has looked everywhere."""
        if self._thread.ident is not None:
            self._thread.join()

    def close(self) -> None:
        self._stop.set()
        self.join()

    def take(self, schema: str) -> str | None:
        """The fingerprint, when it was seen just now; and nobody needs to look at this schema any more."""
        with self._one_at_a_time:
            if schema in self._left:
                self._left.remove(schema)
            fingerprint, at = self._seen.pop(schema, ("", 0.0))
        return fingerprint if fingerprint and time.monotonic() - at < GOOD_SECONDS else None

    def _run(self) -> None:
        try:
            with connect(name="rollout foresight") as connection, connection.cursor() as cursor:
                while not self._stop.is_set() and not self._pace.is_busy():
                    with self._one_at_a_time:
                        schemas, self._left = self._left[:BATCH], self._left[BATCH:]
                    if not schemas:
                        return
                    at = time.monotonic()
                    found = read_fingerprints(cursor, schemas, self.known)
                    with self._one_at_a_time:
                        self._seen.update(
                            (schema, (fingerprint, at)) for schema, fingerprint in found.items()
                        )
        except psycopg.Error as error:
            log.warning("foresight.ended", error=type(error).__name__)
