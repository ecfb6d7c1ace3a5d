"""How long is left, for a page of rows at once."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from apps.deadlines.arithmetic import working_minutes_between
from apps.deadlines.seeding import USUAL_WEEK
from apps.deadlines.working_calendar import Calendar, read_week
from frontend.desk.rows import Place, due_tone, minutes_left
from frontend.filters import VIETNAM

CALENDAR = Calendar(weeks=((date(2025, 1, 1).toordinal(), read_week(USUAL_WEEK)),))
START = datetime(2026, 11, 2, tzinfo=VIETNAM)
moments = st.integers(0, 40 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@given(moments, moments)
def test_minutes_between_is_what_the_deadlines_say(one, other):
    since, until = sorted((one, other))

    assert Place("", CALENDAR, 450).minutes_between(since, until) == working_minutes_between(
        CALENDAR, since, until
    )


def test_minutes_left_past_due_at_night_is_never_zero():
    due, now = START.replace(hour=17), START.replace(hour=22)

    assert minutes_left(due_at=due, status=4, place=Place("", CALENDAR, 450), now=now) == -1


def test_minutes_left_is_nothing_where_no_clock_runs():
    assert minutes_left(due_at=START, status=5, place=Place("", CALENDAR, 450), now=START) is None


def test_due_tone_is_amber_on_the_last_working_day():
    place = Place("", CALENDAR, 450)

    assert [due_tone(minutes, place) for minutes in (451, 450, 0, -1, None)] == [
        "plain",
        "near",
        "near",
        "late",
        "plain",
    ]
