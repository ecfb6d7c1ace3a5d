"""Who keeps a tenant's tables, when an upgrade has waited for a lock in vain."""

from typing import Any

import psycopg
from django.utils.translation import gettext as _

Connection = psycopg.Connection[Any]

# The oldest transaction with any of the tables: that of a report somebody forgot, sooner than a clerk's of this moment.
_HOLDER = """
SELECT c.relname, coalesce(nullif(a.application_name, ''), a.usename::text), l.pid,
       extract(epoch FROM clock_timestamp() - a.xact_start)::int
  FROM pg_locks l
  JOIN pg_class c ON c.oid = l.relation
  JOIN pg_stat_activity a ON a.pid = l.pid
 WHERE l.granted AND l.pid <> pg_backend_pid() AND c.relkind IN ('r', 'p') AND a.datname = current_database()
   AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = %s)
 ORDER BY a.xact_start NULLS LAST, c.relname LIMIT 1
"""


def say_holder(connection: Connection, schema: str) -> str:
    """For the board: whose transaction, which process, since when. Empty when it is over by now, or cannot be seen."""
    try:
        found = connection.execute(_HOLDER, [schema]).fetchone()
    except psycopg.Error:
        return ""
    if found is None:
        return ""
    table, name, pid, seconds = found
    said = _("bảng {table} do “{name}” giữ (tiến trình {pid})").format(table=table, name=name, pid=pid)
    return said if seconds is None else said + _(", đã {seconds} giây").format(seconds=seconds)
