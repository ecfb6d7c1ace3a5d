"""The board's lines, as a runner's thread takes and writes them."""

import pytest

from kernel.actors import SYSTEM
from tenants.releases import seats
from tenants.releases.connecting import connect
from tenants.releases.enums import RolloutState, SeatState
from tenants.releases.runner import run_rollout
from tenants.releases.services import pause_rollout, resume_rollout, start_rollout
from tests.tenants.releases.fleet import column, make_release, seat_of

pytestmark = pytest.mark.usefixtures("committed")
STAGES = ["PILOT", "EARLY", "GENERAL"]


def test_take_seat_goes_by_rings_and_order_and_stops_with_the_rollout(six, now):
    make_release(column("seated"))
    rollout = start_rollout(release=None, by=SYSTEM, now=now, rehearse=False)
    with connect(name="first") as first, connect(name="second") as second:
        seats.get_ready(first)
        seats.get_ready(second)
        one = seats.take_seat(first, rollout_id=rollout.id, stages=["PILOT"])
        two = seats.take_seat(second, rollout_id=rollout.id, stages=["PILOT"])
        assert one
        assert two
        assert [one.tenant_id, two.tenant_id] == [six[0].id, six[1].id]
        assert seats.take_seat(first, rollout_id=rollout.id, stages=["PILOT"]) is None
        pause_rollout(by=SYSTEM, now=now)
        assert seats.take_seat(first, rollout_id=rollout.id, stages=STAGES) is None
        resume_rollout(by=SYSTEM, now=now)
        third = seats.take_seat(first, rollout_id=rollout.id, stages=STAGES)
        assert third
        assert third.tenant_id == six[2].id
    assert run_rollout().state == RolloutState.DONE


@pytest.mark.parametrize("late", ["put_off", "give_up"])
def test_a_line_that_is_done_stays_done(six, now, late):
    """The answer to the commit was lost with the connection, and the failure is written on a new one.

    Take “AND state = 'RUNNING'” out of the statements and a tenant that is upgraded is shown as failed.
    """
    make_release(column(f"done_{late}"))
    rollout = start_rollout(release=None, by=SYSTEM, now=now, rehearse=False)
    with connect(name="runner") as connection:
        seats.get_ready(connection)
        seat = seats.take_seat(connection, rollout_id=rollout.id, stages=STAGES)
        assert seat
        connection.execute(seats.finished(seat, milliseconds=1.0))
        if late == "put_off":
            seats.put_off(connection, seat, error="mất kết nối", seconds=1)
        else:
            seats.give_up(connection, seat, state=SeatState.FAILED, error="mất kết nối", milliseconds=1.0)
    assert seat_of(rollout.id, six[0]).state == SeatState.DONE
    assert seat_of(rollout.id, six[0]).error == ""
    assert run_rollout().state == RolloutState.DONE
