"""Fleets for whole modules: schemas are committed for real, and the modules' tests run without a transaction of their own."""

from collections.abc import Callable, Iterator

import pytest

from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases import gates
from tenants.releases.models import Release
from tests.tenants.releases.fleet import fleet, forget_rollouts


@pytest.fixture(scope="module")
def hundred(django_db_setup, django_db_blocker) -> Iterator[list[Tenant]]:
    with django_db_blocker.unblock(), fleet(100) as tenants:
        yield tenants


@pytest.fixture(scope="module")
def six(django_db_setup, django_db_blocker) -> Iterator[list[Tenant]]:
    """Two pilots, one early, three general."""
    with django_db_blocker.unblock(), fleet(6, rings={1: "PILOT", 2: "PILOT", 3: "EARLY"}) as tenants:
        yield tenants


@pytest.fixture
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Real commits. Releases stay until the fleet is gone: its schemas run them; rollouts are gone after each test."""
    with django_db_blocker.unblock():
        yield
        forget_rollouts()


@pytest.fixture
def newest(gia_lai, ha_noi) -> Release:
    """Gia Lai and Hà Nội stand one release behind it."""
    with central_context():
        newest = Release.objects.order_by("-number").first()
        Tenant.objects.filter(code__in=["H21", "H26"]).update(release=newest.number - 1)
    return newest


@pytest.fixture
def measures() -> Iterator[Callable[[tuple[gates.Measure, ...]], None]]:
    """Sets what gates look at; without a call, nothing."""
    before = gates.get_measures()
    gates.set_measures(())
    yield gates.set_measures
    gates.set_measures(before)
