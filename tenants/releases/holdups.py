"""Who holds up an index that is being compiled: said while it is waited for, and given up after a while.

A scratch schema has no rows and no visitors, but an index built beside running work still waits for every older
snapshot of the whole database (see outlasting.py). Without a word ``central prepare`` would stand there for as long as
a nightly dump takes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from django.db import OperationalError
from django.utils.translation import gettext as _
from psycopg import errors

from tenants.registry.postgresql.typed import connection as ours
from tenants.releases.connecting import connect
from tenants.releases.outlasting import Outlasted

PATIENCE_SECONDS = 60.0
TELL_SECONDS = 5.0

_BLOCKERS = """
SELECT coalesce(nullif(application_name, ''), usename::text, ''), extract(epoch FROM now() - xact_start)::int
  FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids(%s)) ORDER BY xact_start LIMIT 1
"""


@contextmanager
def waiting_aloud(say: Callable[[str], None]) -> Iterator[None]:
    """Around statements of Django's connection that may wait for older transactions. Raises Outlasted.

    A second connection looks who is in the way: the first one waits inside its statement.
    """
    with ours.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
        cursor.execute(f"SET lock_timeout = '{round(PATIENCE_SECONDS * 1000)}ms'")
    watch = _Watch(pid, say)
    watch.start()
    try:
        yield
    except OperationalError as late:
        if not isinstance(late.__cause__, errors.LockNotAvailable):
            raise
        raise Outlasted(watch.said) from late
    finally:
        watch.end()
        with ours.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


class _Watch:
    def __init__(self, pid: int, say: Callable[[str], None]) -> None:
        self._pid, self._say = pid, say
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)
        self.said = ""

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        if self._over.wait(TELL_SECONDS):
            return  # most indexes are there long before
        with connect(name="central prepare watch") as connection:
            while True:
                found: Any = connection.execute(_BLOCKERS, [self._pid]).fetchone()
                if found is not None:
                    name, seconds = found
                    self.said = _("chỉ mục chờ giao dịch chưa kết thúc: “{name}”, đã {seconds} giây").format(
                        name=name or _("không rõ"), seconds=seconds
                    )
                    self._say(self.said)
                if self._over.wait(TELL_SECONDS):
                    return
