"""How the outbox is doing: for gates and boards, never for a page of a person."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

# By hand, for whoever asks more in one statement: at every gate each tenant is asked twice, and to put a query together
# costs the runner five times what the server takes to answer it. With %(since)s and %(until)s.
OLDEST = "SELECT min(created_at) FROM outbox_outboxevent WHERE next_attempt_at IS NOT NULL"
FAILING = """
SELECT count(*) FROM outbox_outboxevent
 WHERE (next_attempt_at IS NOT NULL AND attempts > 0 AND created_at >= %(since)s AND created_at < %(until)s)
    OR (gave_up_at >= %(since)s AND gave_up_at < %(until)s)
"""


class Standing(NamedTuple):
    """``oldest``: when the oldest row was written that is neither delivered nor given up; None: nothing waits.

    ``failing``: news of the time asked for that a subscriber has failed on and that still waits, and what was given up
    in it.
    """

    oldest: datetime | None
    failing: int


def read_standing(*, since: datetime, until: datetime) -> Standing:
    """Of the current tenant; ``since`` ≤ the moments counted < ``until``."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({OLDEST}), ({FAILING})", {"since": since, "until": until})
        return Standing(*cursor.fetchone())
