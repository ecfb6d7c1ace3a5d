"""What every page asks and hardly anybody changes, kept in the process for at most half a minute."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Rows = TypeVar("Rows")
KEPT_SECONDS = 30.0  # another process sees a change after so long at the latest


class Kept(Generic[Rows]):
    """Rows of the centre, the same for all tenants; never anything that a tenant owns."""

    def __init__(self, read: Callable[[], Rows]) -> None:
        self._read = read
        self._until = 0.0
        self._rows: Rows | None = None

    def get(self) -> Rows:
        rows = self._rows
        if rows is None or self._until <= time.monotonic():
            rows = self._read()
            self._rows, self._until = rows, time.monotonic() + KEPT_SECONDS
        return rows

    def forget(self) -> None:
        """After a change made by this very process: at once, and again once it is committed."""
        self._rows = None
