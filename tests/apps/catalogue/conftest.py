"""The centre's schema, and an operator."""

from collections.abc import Iterator

import pytest

from kernel.actors import Actor, ActorKind
from tenants.registry.context import central_context


@pytest.fixture
def central(db) -> Iterator[None]:
    with central_context():
        yield


@pytest.fixture
def operator() -> Actor:
    return Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Văn Điều")
