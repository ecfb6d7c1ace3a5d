"""People of the furnished tenant, signed in at their desks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from apps.accounts.selectors import find_user_by_username, get_actor
from apps.dossiers import services
from apps.dossiers.models import Dossier
from kernel.actors import Actor
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant
from tests.frontend.desk.typed import BIRTH, intake_of
from tests.furniture import PASSWORD


@pytest.fixture
def sign_in(furnished, in_gia_lai) -> Callable[[str], Client]:
    def signed_in(username: str) -> Client:
        client = Client(HTTP_HOST="gialai.localhost")
        answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return signed_in


@pytest.fixture
def counter(sign_in) -> Client:
    """Reception at the ward of Pleiku."""
    return sign_in("tiepnhan")


@pytest.fixture
def inside(gia_lai) -> Callable[[], Any]:
    """A request leaves the centre bound behind it: this binds the tenant again for a look at the rows."""

    @contextmanager
    def bound() -> Iterator[Tenant]:
        with tenant_context(gia_lai):
            yield gia_lai

    return bound


@pytest.fixture
def actor(furnished, inside) -> Callable[[str], Actor]:
    def of(username: str) -> Actor:
        with inside():
            user = find_user_by_username(username)
            assert user is not None
            return get_actor(user.id, on=date(2026, 11, 23))

    return of


@pytest.fixture
def received(actor, inside, now) -> Callable[..., Dossier]:
    """A birth registration, accepted at the counter of Pleiku; ``accepted=False`` only handed in."""

    def make(name: str = "Nguyễn Thị Phương Thảo", *, accepted: bool = True, at: datetime = now) -> Dossier:
        clerk = actor("tiepnhan")
        with inside():
            dossier = services.submit(intake=intake_of(name), by=clerk, now=at)
            return services.accept(dossier_id=dossier.id, by=clerk, now=at) if accepted else dossier

    return make


@pytest.fixture
def birth() -> dict[str, str]:
    return dict(BIRTH)
