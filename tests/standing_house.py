"""The furnished house, laid in once a worker and kept from file to file: to lay it in takes seconds, a savepoint nothing.

Only between files whose every test asks for it. Before any other file the transaction that holds it is rolled back,
so that tests which commit, or want an empty house, find what they always found.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import transaction

_MOMENT = datetime(2026, 7, 1, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_LIVES_IN_IT = pytest.StashKey[frozenset[Path]]()


def note_who_lives_in_it(config: pytest.Config, items: list[pytest.Item]) -> None:
    inside = {item.path for item in items if _asks(item)}
    config.stash[_LIVES_IN_IT] = frozenset(inside - {item.path for item in items if not _asks(item)})


def lives_in_it(config: pytest.Config, file: Path) -> bool:
    """Whether every test of the file asks for the furnished house."""
    return file in config.stash[_LIVES_IN_IT]


def _asks(item: pytest.Item) -> bool:
    return "furnished" in getattr(item, "fixturenames", ())


class StandingHouse:
    """One a worker. What a file does to the house is undone after the file, what a test does after the test."""

    def __init__(self) -> None:
        self._laid_in: transaction.Atomic | None = None

    @property
    def stands(self) -> bool:
        return self._laid_in is not None

    @contextmanager
    def open_for_a_file(self) -> Iterator[None]:
        if self._laid_in is None:
            self._lay_in()
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def clear(self) -> None:
        if self._laid_in is None:
            return
        laid_in, self._laid_in = self._laid_in, None
        transaction.set_rollback(True)
        laid_in.__exit__(None, None, None)

    def _lay_in(self) -> None:
        # Imported late: models are ready only now.
        from tenants.registry.selectors import get_tenant
        from tests.furniture import furnish_centre, furnish_tenant

        self._laid_in = transaction.atomic()
        self._laid_in.__enter__()
        try:
            cache.clear()
            furnish_centre(_MOMENT)
            for code in ("H21", "H26"):
                furnish_tenant(get_tenant(code), _MOMENT)
        except BaseException:
            self.clear()
            raise


standing_house = StandingHouse()
