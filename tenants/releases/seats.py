"""The board's lines as the runner's threads take and write them: plain SQL on their own connections."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from tenants.releases.enums import RolloutState, SeatState

Connection = psycopg.Connection[Any]
# Prepared by hand, once a connection: to plan it takes longer than to do it. Any stages have the same plan.
_PREPARE = """
SET plan_cache_mode = force_generic_plan;
PREPARE take_seat (bigint, text[]) AS
WITH taken AS (
UPDATE public.releases_seat SET state = 'RUNNING', attempts = attempts + 1, error = '', not_before = NULL,
       started_at = coalesce(started_at, clock_timestamp())
 WHERE id = (
    SELECT s.id FROM public.releases_seat s
     WHERE s.rollout_id = $1 AND s.stage = ANY($2)
       AND (SELECT r.state FROM public.releases_rollout r WHERE r.id = $1) = 'RUNNING'
       AND s.state IN ('WAITING', 'RETRYING') AND (s.not_before IS NULL OR s.not_before <= clock_timestamp())
     ORDER BY s.not_before NULLS FIRST, s.position LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
RETURNING id, tenant_id, attempts, note)
SELECT taken.id, t.id, t.code, t.schema_name, t.release, taken.attempts, taken.note
  FROM taken JOIN public.registry_tenant t ON t.id = taken.tenant_id
"""


@dataclass(frozen=True, slots=True)
class Taken:
    id: int
    tenant_id: int
    code: str
    schema: str
    release: int
    attempts: int
    note: dict[str, Any]


def get_ready(connection: Connection) -> None:
    """For ``take_seat``, once a connection; with a look at no rollout's board: so it learns the tables."""
    connection.prepare_threshold = None  # else psycopg drops whatever is prepared at every ALTER
    connection.execute(_PREPARE)
    take_seat(connection, rollout_id=0, stages=[])


def take_seat(connection: Connection, *, rollout_id: int, stages: list[str]) -> Taken | None:
    """The next tenant whose turn it is, marked as running; None when there is none now, or the rollout runs no more.

    The mark is not waited for until it is on the disk: a crash leaves the tenant waiting, as it then is.
    """
    taking = sql.SQL("SET LOCAL synchronous_commit = off; EXECUTE take_seat ({}, {})").format(
        rollout_id, stages
    )
    row = connection.execute(taking).set_result(1).fetchone()
    return Taken(*row) if row else None


def finished(seat: Taken, *, milliseconds: float) -> sql.Composed:
    """What closes the line. ``milliseconds``: up to now; what comes before it in the same message is added there."""
    return sql.SQL(
        "UPDATE public.releases_seat SET state = {}, finished_at = clock_timestamp(), error = '', milliseconds ="
        " {} + 1000 * extract(epoch FROM clock_timestamp() - statement_timestamp())::float8 WHERE id = {}"
    ).format(SeatState.DONE.value, milliseconds, seat.id)


def note_filled(connection: Connection, seat: Taken, migration: str, after: int) -> None:
    seat.note[migration] = after
    connection.execute("UPDATE public.releases_seat SET note = %s WHERE id = %s", [Jsonb(seat.note), seat.id])


def put_off(connection: Connection, seat: Taken, *, error: str, seconds: float) -> None:
    """It failed for a reason that passes: a lock, a connection that was lost.

    A commit whose answer was lost with the connection has come through: a line that is done stays done.
    """
    connection.execute(
        "UPDATE public.releases_seat SET state = %s, error = %s, not_before = clock_timestamp() + %s"
        " WHERE id = %s AND state = 'RUNNING'",
        [SeatState.RETRYING.value, error[:500], timedelta(seconds=seconds), seat.id],
    )


def give_up(
    connection: Connection, seat: Taken, *, state: SeatState, error: str, milliseconds: float
) -> None:
    connection.execute(
        "UPDATE public.releases_seat SET state = %s, error = %s, finished_at = clock_timestamp(), milliseconds = %s"
        " WHERE id = %s AND state = 'RUNNING'",
        [state.value, error[:500], milliseconds, seat.id],
    )


def take_back_abandoned(connection: Connection, *, rollout_id: int) -> int:
    """Lines that a runner that died has left as running: nothing of theirs is half done, they wait again."""
    done = connection.execute(
        "UPDATE public.releases_seat SET state = %s, error = '' WHERE rollout_id = %s AND state = %s",
        [SeatState.WAITING.value, rollout_id, SeatState.RUNNING.value],
    )
    return done.rowcount


def beat(connection: Connection, *, rollout_id: int) -> str:
    """The runner's sign of life; returns the state that somebody may have changed meanwhile."""
    row = connection.execute(
        "UPDATE public.releases_rollout SET beat_at = clock_timestamp() WHERE id = %s RETURNING state",
        [rollout_id],
    ).fetchone()
    return str(row[0]) if row else RolloutState.STOPPED.value


def count_left(
    connection: Connection, *, rollout_id: int, stages: list[str]
) -> tuple[int, int, datetime | None]:
    """Of these stages: tenants still to do, tenants that failed, and when the next one that was put off may run."""
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE state IN ('WAITING', 'RETRYING', 'RUNNING')),"
        " count(*) FILTER (WHERE state = 'FAILED'), min(not_before) FILTER (WHERE state = 'RETRYING')"
        " FROM public.releases_seat WHERE rollout_id = %s AND stage = ANY(%s)",
        [rollout_id, stages],
    ).fetchone()
    return (row[0], row[1], row[2]) if row else (0, 0, None)
