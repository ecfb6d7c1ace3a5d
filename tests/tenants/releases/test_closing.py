"""A rollout that waits only for those who have put it off is closed, and they are neither forced nor forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.actors import Actor, ActorKind
from project.rollouts import carry_on
from tenants.registry.acts import list_acts
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases import errors
from tenants.releases.enums import RolloutState, SeatState
from tenants.releases.models import Rollout, UpgradeWish
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import count_seats, find_active_rollout, find_settled_release, get_rollout
from tenants.releases.services import close_rollout, pause_rollout, reopen_for_latecomers, start_rollout
from tests.tenants.releases.fleet import column, make_release, seat_of

BY = Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Vận Hành")
pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def now():
    """The clock's round asks the real time."""
    return timezone.now()


@pytest.fixture
def put_off(six, now):
    """The last of the general ring has put the newest release off for a fortnight."""

    def write(release, *, days=14):
        UpgradeWish.objects.update_or_create(
            tenant=six[5],
            defaults={
                "deferred_release": release.number,
                "deferred_until": (now + timedelta(days=days)).date(),
            },
        )

    with central_context():
        yield write
        UpgradeWish.objects.filter(tenant=six[5]).delete()


def _left_open(now):
    rollout = start_rollout(release=None, by=BY, now=now, rehearse=False)
    assert run_rollout().state == RolloutState.RUNNING
    return rollout


def _release_of(tenant):
    with central_context():
        return Tenant.objects.get(id=tenant.id).release


def test_close_rollout_lets_the_next_release_go_and_takes_the_latecomer_with_it(six, put_off, now):
    """Seen before: the urgent release was refused for a fortnight, for everybody.

    What was put off stays put off in the next rollout, until the day that was chosen.
    """
    first = make_release(column("put_off"))
    put_off(first)
    rollout = _left_open(now)
    urgent = make_release(column("urgent"))
    with pytest.raises(errors.RolloutActive):
        start_rollout(release=None, by=BY, now=now, rehearse=False)

    closed = close_rollout(by=BY, now=now, reason="Bản vá khẩn")

    assert (closed.state, closed.why) == (RolloutState.DONE, "Bản vá khẩn")
    assert find_settled_release() == first.number
    assert count_seats(rollout.id) == {SeatState.DONE: 5, SeatState.DEFERRED: 1}
    act = next(act for act in list_acts() if act.action == "rollout.closed")
    assert (act.operator_name, act.reason, act.facts["left"]) == (BY.name, "Bản vá khẩn", 1)
    following = _left_open(now)
    assert not reopen_for_latecomers(now=now + timedelta(days=20))  # the next rollout has it on its board
    assert count_seats(following.id) == {SeatState.DONE: 5, SeatState.DEFERRED: 1}
    assert run_rollout(clock=lambda: now + timedelta(days=14)).state == RolloutState.DONE
    assert {_release_of(one) for one in six} == {urgent.number}


def test_the_clock_takes_the_latecomer_when_the_deferral_ends(six, put_off, now):
    """Seen to fail without reopen_for_latecomers: nobody ever came back to it."""
    release = make_release(column("latecomer"))
    put_off(release)
    rollout = _left_open(now)
    close_rollout(by=BY, now=now, reason="Hết việc")
    carry_on()
    assert (get_rollout(rollout.id).state, _release_of(six[5])) == (RolloutState.DONE, release.number - 1)

    put_off(release, days=0)
    carry_on()

    assert (get_rollout(rollout.id).state, _release_of(six[5])) == (RolloutState.DONE, release.number)
    assert count_seats(rollout.id) == {SeatState.DONE: 6}
    assert [act.facts["tenants"] for act in list_acts() if act.action == "rollout.reopened"] == [
        [six[5].code]
    ]
    assert not reopen_for_latecomers(now=now)


def test_a_rollout_that_was_reopened_closes_again_with_others_still_away(six, put_off, now):
    release = make_release(column("two_away"))
    put_off(release)
    with central_context():
        UpgradeWish.objects.create(
            tenant=six[4], deferred_release=release.number, deferred_until=(now + timedelta(days=3)).date()
        )
    try:
        rollout = _left_open(now)
        close_rollout(by=BY, now=now, reason="Hết việc")
        then = now + timedelta(days=3)
        assert reopen_for_latecomers(now=then)
        assert find_settled_release() == release.number  # newcomers are not sent back meanwhile
        again = run_rollout(clock=lambda: then)
        assert again.state == RolloutState.DONE
        assert again.why.startswith("Hết việc; ")
        assert count_seats(rollout.id) == {SeatState.DONE: 5, SeatState.DEFERRED: 1}
    finally:
        with central_context():
            UpgradeWish.objects.filter(tenant=six[4]).delete()


def test_close_rollout_refuses_while_somebody_has_a_turn(six, put_off, now):
    """Nothing changes: neither before the wave, nor without a reason, nor where nobody has put it off."""
    release = make_release(column("too_early"))
    put_off(release)
    rollout = start_rollout(release=None, by=BY, now=now, rehearse=False)
    with pytest.raises(errors.RolloutUnfinished):
        close_rollout(by=BY, now=now, reason="Sớm quá")
    pause_rollout(by=BY, now=now)
    with pytest.raises(errors.RolloutUnfinished):
        close_rollout(by=BY, now=now, reason="Sớm quá")
    with pytest.raises(errors.ReasonMissing):
        close_rollout(by=BY, now=now, reason=" ")
    with central_context():
        Rollout.objects.filter(id=rollout.id).update(state=RolloutState.HELD)
    with pytest.raises(errors.RolloutNotOpen):
        close_rollout(by=BY, now=now, reason="Bỏ cửa")
    found = find_active_rollout()
    assert found
    assert (found.state, found.facts) == (RolloutState.HELD, {})
    assert seat_of(rollout.id, six[0]).state == SeatState.WAITING
    with central_context():
        Rollout.objects.all().delete()
    with pytest.raises(errors.NoRollout):
        close_rollout(by=BY, now=now, reason="Không có gì")
