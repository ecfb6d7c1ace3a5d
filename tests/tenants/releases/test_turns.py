"""Whose turn it is: hours that pass midnight, deferrals that end, waves that break. Pure."""

from datetime import UTC, date, datetime, time

import pytest

from tenants.registry.enums import Ring
from tenants.releases.enums import SeatState, Stage
from tenants.releases.turns import (
    STAGE_OF_RING,
    Wish,
    is_deferred,
    is_in_window,
    next_stage,
    seat_state,
    stages_up_to,
    too_many_failed,
)


def _at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """In UTC, seven hours behind Viet Nam."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "at", "inside"),
    [
        (None, None, _at(3), True),
        (time(22), time(5), _at(15), True),  # 22:00 in Viet Nam
        (time(22), time(5), _at(14, 59), False),
        (time(22), time(5), _at(21, 59), True),  # 04:59
        (time(22), time(5), _at(22), False),  # 05:00
        (time(12), time(13), _at(5, 30), True),  # 12:30
        (time(12), time(13), _at(6), False),
    ],
)
def test_is_in_window_reads_the_clock_of_viet_nam(start, end, at, inside):
    assert is_in_window(Wish(window_from=start, window_to=end), at) is inside


def test_is_deferred_ends_on_the_day_in_viet_nam():
    wish = Wish(deferred_release=3, deferred_until=date(2026, 11, 24))
    assert is_deferred(wish, 3, _at(16, 59))  # 23:59 of the day before
    assert not is_deferred(wish, 3, _at(17))  # midnight
    assert is_deferred(wish, 4, _at(1))  # a later release carries the deferred one along
    assert not is_deferred(wish, 2, _at(1))
    assert not is_deferred(Wish(), 3, _at(1))


def test_seat_state_names_the_deferral_before_the_window():
    both = Wish(window_from=time(1), window_to=time(2), deferred_release=1, deferred_until=date(2026, 12, 1))
    assert seat_state(both, 1, _at(3)) == SeatState.DEFERRED
    assert seat_state(both, 1, _at(3, day=30)) == SeatState.DEFERRED
    assert seat_state(Wish(window_from=time(1), window_to=time(2)), 1, _at(3)) == SeatState.OUT_OF_WINDOW
    assert seat_state(Wish(), 1, _at(3)) == SeatState.WAITING


def test_stages_follow_the_rings():
    assert [next_stage(stage) for stage in Stage] == [Stage.PILOT, Stage.EARLY, Stage.GENERAL, None]
    assert stages_up_to(Stage.EARLY) == ["REHEARSAL", "PILOT", "EARLY"]
    assert set(STAGE_OF_RING) == set(Ring)


@pytest.mark.parametrize(
    ("failed", "tolerated", "total", "many"),
    [
        (2, 0, 4, False),
        (3, 0, 4, True),
        (4, 0, 100, False),
        (5, 0, 100, True),
        (7, 3, 100, False),
        (8, 3, 100, True),
    ],
)
def test_too_many_failed_is_three_or_one_in_twenty(failed, tolerated, total, many):
    assert too_many_failed(failed=failed, tolerated=tolerated, total=total) is many
