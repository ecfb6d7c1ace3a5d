"""Pilots first: a tenant that is made while a release waits is born at the one that the fleet runs."""

from io import StringIO

import pytest
from django.core.management import call_command

from tenants.provisioning.birth import find_birth_release
from tenants.provisioning.services import create_tenant
from tenants.registry.context import central_context
from tenants.registry.minimum import get_minimum_release
from tenants.registry.models import Tenant
from tenants.releases.models import Release, Rollout

pytestmark = pytest.mark.usefixtures("gia_lai", "ha_noi")


@pytest.fixture
def waiting():
    """The newest release: compiled, and nobody runs it."""
    with central_context():
        newest = Release.objects.latest("number")
        _stand(newest.number - 1)
    return newest


def _stand(number, *codes):
    with central_context():
        Tenant.objects.filter(code__in=codes or ["H21", "H26"]).update(release=number)


def _rolled(release, state, now):
    with central_context():
        Rollout.objects.create(
            release=release, state=state, stage="GENERAL", started_by="Thử", started_at=now
        )


@pytest.mark.parametrize("ring", ["PILOT", "EARLY", "GENERAL"])
def test_create_tenant_is_born_where_the_fleet_stands_and_not_before_the_pilots(waiting, now, ring):
    """Seen to fail when the newest script was taken: the newcomer ran what no pilot had tried."""
    made = create_tenant(
        code="X61", name="Tỉnh Mới", kind="PROVINCE", host="x61.localhost", now=now, ring=ring
    )
    assert made.release == waiting.number - 1


def test_find_birth_release_waits_for_the_end_of_a_rollout(waiting, now):
    """The pilot has it, the others do not: it may still be held. One that was stopped has proved nothing."""
    _stand(waiting.number, "H21")
    _rolled(waiting, "RUNNING", now)
    assert find_birth_release() == waiting.number - 1
    with central_context():
        Rollout.objects.update(state="STOPPED")
    assert find_birth_release() == waiting.number - 1


def test_find_birth_release_is_not_held_back_by_one_that_stayed_behind(waiting, now):
    """Seen to fail with the lowest alone: one schema that drifted kept every newcomer at the old release."""
    _stand(waiting.number, "H21")
    _rolled(waiting, "DONE", now)
    assert find_birth_release() == waiting.number


def test_find_birth_release_is_never_one_that_the_code_does_not_serve(waiting):
    _stand(1)
    assert find_birth_release() == get_minimum_release() > 1


def test_find_birth_release_of_a_house_without_tenants_is_the_newest(waiting, now):
    with central_context():
        Tenant.objects.filter(code__in=["H21", "H26"]).update(state="RETIRED", retired_at=now)
    assert find_birth_release() == waiting.number


def test_tenant_create_says_at_which_release(waiting):
    told = StringIO()
    call_command(
        "tenant", "create", "--code", "X62", "--name", "Tỉnh Mới", "--kind", "PROVINCE", "--host", "x62.localhost",
        stdout=told,
    )  # fmt: skip
    with central_context():
        before = Release.objects.get(number=waiting.number - 1)
    assert f"bản {before.name}." in told.getvalue()
