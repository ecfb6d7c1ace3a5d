"""The look at a schema before it is upgraded, taken while another core is idle: during the rehearsal and the gates.

A look costs most of an upgrade's time. One that was taken a moment before the
tenant's turn says as much as one at its beginning: what stands between is
seconds, and what is done by hand in them would slip through just as well
between the look and the lock.
"""

import time
from collections.abc import Iterable
from threading import Event, Lock, Thread
from typing import Any

import psycopg
import structlog

from tenants.provisioning.shape import read_fingerprints
from tenants.releases.connecting import connect
from tenants.releases.pacing import Pace
from tenants.releases.rehearsal_schemas import STANDING

log = structlog.get_logger(__name__)
GOOD_SECONDS = 10.0  # how long a look counts
BATCH = 10  # schemas a statement: planning it costs as much as one of them

# In the order of the rings; which of them will be on the board is not known yet.
_BEHIND = """
SELECT schema_name FROM public.registry_tenant
 WHERE schema_name <> 'public' AND state <> 'RETIRED'
   AND release < (SELECT max(number) FROM public.releases_release WHERE coalesce(name = %s, true))
 ORDER BY array_position('{PILOT,EARLY,GENERAL}', ring::text), code
"""


class Foresight:
    """Only helps: without it, or where it has not come yet, whoever upgrades a tenant looks for himself."""

    def __init__(self, schemas: Iterable[str], pace: Pace) -> None:
        self._left = list(schemas)
        self.pace = pace
        self._stop, self._one_at_a_time = Event(), Lock()
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

    def _find(self, cursor: "psycopg.Cursor[Any]") -> None:
        """Nobody else than was told."""

    def _run(self) -> None:
        try:
            with connect(name="rollout foresight") as connection, connection.cursor() as cursor:
                self._find(cursor)
                while not self._stop.is_set() and not self.pace.is_busy():
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
            self._note_end(error)

    def _note_end(self, error: psycopg.Error) -> None:
        log.warning("foresight.ended", error=type(error).__name__)


class EarlyForesight(Foresight):
    """Begun before there is a board, while the program is loaded. ``release``: its name, or None for the newest."""

    def __init__(self, release: str | None, pace: Pace) -> None:
        super().__init__((), pace)
        self._release = release

    def _find(self, cursor: "psycopg.Cursor[Any]") -> None:
        found = cursor.execute(_BEHIND, [self._release]).fetchall()
        with self._one_at_a_time:
            self._left = [STANDING, *(schema for (schema,) in found)] if found else []

    def _note_end(self, error: psycopg.Error) -> None:
        """The command is about to meet the same, and says it to whoever typed it."""


_early: EarlyForesight | None = None


def begin_early(release: str | None) -> None:
    """For the rollout that this process is about to start."""
    global _early
    _early = EarlyForesight(release, Pace())
    _early.start()


def take_early() -> EarlyForesight | None:
    """What was begun, for one rollout."""
    global _early
    early, _early = _early, None
    return early
