"""A release goes through the fleet: rings in order, each tenant whole, gates between."""

import pytest
from django.db import connection

from kernel.actors import Actor, ActorKind
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.shape import read_fingerprints
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases import errors
from tenants.releases.enums import RolloutState, SeatState, Stage
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import list_seats
from tenants.releases.services import start_rollout
from tests.tenants.releases.fleet import COLUMN, columns, make_release

BY = Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Vận Hành")


def _start(now, **more):
    return start_rollout(release=None, by=BY, now=now, **more)


def _releases(tenants):
    with central_context():
        return {Tenant.objects.get(id=tenant.id).release for tenant in tenants}


def test_run_rollout_carries_every_tenant_ring_by_ring(six, committed, now):
    release = make_release(COLUMN)
    rollout = _start(now)
    done = run_rollout()
    assert done.state == RolloutState.DONE, done.why
    assert done.passed == [Stage.REHEARSAL, Stage.PILOT, Stage.EARLY]  # behind the last ring there is no gate
    assert done.facts["rehearsal"]["error"] == ""
    seats = list_seats(rollout.id)
    assert {seat.state for seat in seats} == {SeatState.DONE}
    by_ring = [
        max(seat.finished_at for seat in seats if seat.stage == stage)
        for stage in ("PILOT", "EARLY", "GENERAL")
    ]
    assert by_ring == sorted(by_ring)
    assert _releases(six) == {release.number}
    for tenant in six:
        assert "nickname" in columns(tenant, "accounts_user")
    with as_owner("public"), connection.cursor() as cursor:
        prints = read_fingerprints(cursor, [tenant.schema_name for tenant in six])
    assert set(prints.values()) == {release.fingerprint}
    with pytest.raises(errors.NothingToRollOut):
        _start(now)
