"""Files in a bucket: a server that speaks S3 and checks every signature, one for the session, a bucket a test."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.frontend.desk.conftest import actor, counter, inside, received, sign_in  # noqa: F401 - people at desks
from tests.storage.store import Store, open_store


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.fixture
def bucket(store) -> Iterator[str]:
    """The house keeps its files in here for one test."""
    name = store.new_bucket()
    with override_settings(STORAGES=store.settings(name)):
        yield name
    store.heal()
