"""Those who keep Gia Lai's house, signed in."""

from contextlib import contextmanager

import pytest
from django.test import Client
from django.utils import timezone

from tenants.registry.context import tenant_context
from tests.furniture import PASSWORD


@pytest.fixture
def now():
    """These tests go through the doors, which look at the clock: what takes effect today does so on the real day."""
    return timezone.localtime()


@pytest.fixture
def sign_in(furnished, gia_lai):
    def signed_in(username, host="gialai.localhost"):
        client = Client(HTTP_HOST=host)
        answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return signed_in


@pytest.fixture
def admin(sign_in, in_province):
    """Administers the whole province for these tests."""
    return sign_in("quantri")


@pytest.fixture
def in_province(furnished, inside, now):
    """quantri and kiemsoat hold their duties at the root, as in a real province."""
    from apps.accounts.selectors import find_user_by_username
    from apps.accounts.services import assign_duty
    from apps.organisations.selectors import get_unit_by_code
    from kernel.actors import SYSTEM

    with inside():
        root = get_unit_by_code("H21", on=now.date())
        for username, duty in (("quantri", "UNIT_ADMIN"), ("kiemsoat", "PROCEDURE_CONTROLLER")):
            assign_duty(
                user_id=find_user_by_username(username).id,
                duty=duty,
                unit_id=root.id,
                valid_from=now.date(),
                by=SYSTEM,
                now=now,
            )
    return root


@pytest.fixture
def controller(sign_in, in_province):
    return sign_in("kiemsoat")


@pytest.fixture
def inside(gia_lai):
    @contextmanager
    def bound():
        with tenant_context(gia_lai):
            yield gia_lai

    return bound
