"""An operator at the centre, signed in."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from project import tenant_work
from project.rollouts import wake
from tenants.registry.context import central_context
from tenants.registry.models import Operator, Tenant
from tenants.releases.models import Release
from tenants.releases.waking import set_waker
from tests.furniture import PASSWORD


@pytest.fixture
def come_in(db):
    """Another operator signs in."""

    def come(username: str, full_name: str) -> Client:
        with central_context():
            Operator.objects.create(username=username, full_name=full_name, password=make_password(PASSWORD))
        client = Client(HTTP_HOST="localhost")
        assert client.post("/sign-in/", {"username": username, "password": PASSWORD}).status_code == 302
        return client

    return come


@pytest.fixture
def operator(furnished, come_in) -> Client:
    """Both tenants have units, staff and procedures."""
    return come_in("vanhanh", "Nguyễn Vận Hành")


@pytest.fixture
def lone_operator(come_in) -> Client:
    """Nothing is in either tenant: one of them may be dropped."""
    return come_in("vanhanh", "Nguyễn Vận Hành")


@pytest.fixture(autouse=True)
def woken():
    """How often the runner was woken: it works elsewhere, on connections of its own, and is tested there."""
    calls: list[int] = []
    set_waker(lambda: calls.append(1))
    yield calls
    set_waker(wake)


@pytest.fixture
def newest(gia_lai, ha_noi, every_release_is_served) -> Release:
    """The newest release waits: Gia Lai is a pilot, both stand one behind."""
    with central_context():
        newest = Release.objects.order_by("-number").first()
        Tenant.objects.filter(code__in=["H21", "H26"]).update(release=newest.number - 1)
        Tenant.objects.filter(code="H21").update(ring="PILOT")
    return newest


@pytest.fixture
def sent(monkeypatch):
    """What the worker is asked to do; the broker itself is not needed here."""
    asked = []
    monkeypatch.setattr(tenant_work.run, "delay", lambda **words: asked.append(words))
    return asked


@pytest.fixture
def press(lone_operator, sent, django_capture_on_commit_callbacks):
    def post(path, **form):
        with django_capture_on_commit_callbacks(execute=True):
            answer = lone_operator.post(path, form)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]

    return post
