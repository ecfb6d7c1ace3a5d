"""Counting SQL statements as production has them.

A test runs in a transaction of its own, so the outermost command sets a
savepoint where it would begin and commit: that pair is taken off. Savepoints
inside of it are counted, and so is the statement that binds the tenant.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements_of(work: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    found = [query["sql"] for query in captured.captured_queries]
    for ours in ("SAVEPOINT", "RELEASE SAVEPOINT"):
        first = next((sql for sql in found if sql.startswith(ours)), None)
        if first is not None:
            found.remove(first)
    return found
