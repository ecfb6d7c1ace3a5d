"""Indexes that are built beside running work, and who keeps one from being finished.

PostgreSQL finishes such an index only when every transaction has ended that might still need the table as it was: in
the whole database, so that the export of one province or a nightly dump holds up the indexes of all. To wait for
them keeps nobody else waiting, which is why it is waited longer here than for a lock.
"""

from typing import Any

import psycopg
from django.utils.translation import gettext as _
from psycopg import errors

Connection = psycopg.Connection[Any]
PATIENCE_SECONDS = 15.0

_OLDEST = """
SELECT coalesce(nullif(application_name, ''), usename::text), extract(epoch FROM now() - xact_start)::int
  FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
   AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
 ORDER BY xact_start LIMIT 1
"""


class Outlasted(Exception):
    """Somebody's transaction lasted longer than it was waited for. ``said`` tells whose, as far as may be seen."""

    def __init__(self, said: str = "") -> None:
        super().__init__(said or _("chỉ mục chưa dựng xong vì còn giao dịch chưa kết thúc"))


def build_beside_work(connection: Connection, sql: str) -> None:
    """``CREATE`` or ``DROP INDEX CONCURRENTLY``, outside any transaction. Raises Outlasted."""
    connection.execute(f"SET lock_timeout = '{round(PATIENCE_SECONDS * 1000)}ms'")
    try:
        connection.execute(sql)
    except errors.LockNotAvailable as late:
        raise Outlasted(_said(connection)) from late
    finally:
        if not connection.closed:
            connection.execute("RESET lock_timeout")


def _said(connection: Connection) -> str:
    found = connection.execute(_OLDEST).fetchone()
    if found is None:
        return ""
    name, seconds = found
    return _("chỉ mục chưa dựng xong vì còn giao dịch chưa kết thúc: “{name}”, đã {seconds} giây").format(
        name=name or _("không rõ"), seconds=seconds
    )
