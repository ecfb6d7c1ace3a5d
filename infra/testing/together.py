"""What stays together when tests run side by side: a file, and all that runs whole programs beside itself.

A plugin of pytest (``-p infra.testing.together``). Those programs share ports and
services by name, so one worker has them all; they take longest, so they begin.
"""

from typing import Any

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

HOUSES = ("tests/journeys/", "tests/docs/")


class _Together(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return "houses" if nodeid.startswith(HOUSES) else nodeid.partition("::")[0]


# Not by xdist's own groups: they are written into a name that pytest 9 does not read any more.
@pytest.hookimpl
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Any:
    return _Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(HOUSES))
