"""Who is born while a rollout is open is born behind it, and taken along."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.actors import SYSTEM
from tenants.provisioning.services import create_tenant
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases.enums import RolloutState, SeatState
from tenants.releases.models import Seat, UpgradeWish
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import list_seats
from tenants.releases.services import start_rollout
from tests.tenants.releases.fleet import (
    column,
    columns,
    forget_rollouts,
    forget_tenants,
    make_release,
    seat_of,
)

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def born(committed):
    made = []

    def create(code, *, ring, release):
        made.append(
            create_tenant(
                code=code, name=f"Tỉnh {code}", kind="PROVINCE", host=f"{code.lower()}.localhost",
                now=timezone.now(), ring=ring, release=release,
            )
        )  # fmt: skip
        return made[-1]

    yield create
    forget_rollouts()
    forget_tenants(made)


def test_run_rollout_takes_newcomers_along(six, born, now):
    """Seen to fail without seat_newcomers: the rollout was done, and both stayed a release behind without a word.

    One is further back than the fleet was when the rollout began, as one that came back from an archive is.
    """
    older = make_release(column("old_ground"))
    start_rollout(release=None, by=SYSTEM, now=now, rehearse=False)
    assert run_rollout().state == RolloutState.DONE
    release = make_release(column("brought_along"))
    rollout = start_rollout(release=None, by=SYSTEM, now=now, rehearse=False)
    pilot = born("U71", ring="PILOT", release=older.number)
    restored = born("U72", ring="GENERAL", release=older.number - 1)
    said = []

    assert run_rollout(say=said.append).state == RolloutState.DONE

    assert [seat.tenant.code for seat in list_seats(rollout.id)][-2:] == ["U71", "U72"]
    assert [seat_of(rollout.id, one).state for one in (pilot, restored)] == [SeatState.DONE] * 2
    with central_context():
        assert {Tenant.objects.get(id=one.id).release for one in (pilot, restored)} == {release.number}
    assert {"old_ground", "brought_along"} <= set(columns(restored, "accounts_user"))
    assert sum("Nơi mới" in line for line in said) == 2


def test_run_rollout_takes_a_newcomer_along_while_one_that_deferred_keeps_it_open(six, born, now):
    release = make_release(column("left_open"))
    with central_context():
        UpgradeWish.objects.create(
            tenant=six[5], deferred_release=release.number, deferred_until=(now + timedelta(days=9)).date()
        )
    try:
        rollout = start_rollout(release=None, by=SYSTEM, now=now, rehearse=False)
        assert run_rollout(clock=lambda: now).state == RolloutState.RUNNING
        pilot = born("U73", ring="PILOT", release=release.number - 1)
        assert run_rollout(clock=lambda: now).state == RolloutState.RUNNING  # as the clock's next round does
        assert seat_of(rollout.id, pilot).state == SeatState.DONE
        with central_context():
            assert Seat.objects.filter(rollout=rollout).exclude(state=SeatState.DONE).count() == 1
        assert run_rollout(clock=lambda: now + timedelta(days=9)).state == RolloutState.DONE
    finally:
        with central_context():
            UpgradeWish.objects.filter(tenant=six[5]).delete()
