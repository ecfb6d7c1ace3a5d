"""The arithmetic against the minute-by-minute oracle, on calendars and pauses that hypothesis thinks up."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.deadlines.arithmetic import Pause, add_working_hours, reckon, working_minutes_between
from apps.deadlines.working_calendar import ZONE, Calendar, read_week
from tests.apps.deadlines.calendars import rule
from tests.apps.deadlines.oracle import LOCAL, Oracle

FIRST = date(2026, 1, 1)


@st.composite
def ranges(draw) -> list[tuple[str, str]]:
    cuts = sorted(draw(st.lists(st.integers(0, 95), min_size=0, max_size=6, unique=True)))
    cuts = cuts[: len(cuts) // 2 * 2]
    text = [f"{quarter // 4:02d}:{quarter % 4 * 15:02d}" for quarter in cuts]
    return list(zip(text[::2], text[1::2], strict=True))


@st.composite
def houses(draw) -> tuple[Calendar, Oracle]:
    hours = [draw(ranges()) for _ in range(7)]
    hours[draw(st.integers(0, 6))] = [("07:30", "11:30"), ("13:30", "17:00")]
    hours[draw(st.integers(0, 6))] = [("08:00", "16:45")]
    days = st.dates(FIRST, date(2026, 3, 31))
    off = draw(st.sets(days, max_size=25))
    make_up = draw(st.sets(days, max_size=6)) - off
    exceptions = {day.toordinal(): ("OFF", "x", "x", "NATIONAL", "SEED") for day in off}
    exceptions |= {day.toordinal(): ("WORK", "x", "x", "NATIONAL", "SEED") for day in make_up}
    return Calendar(weeks=((1, read_week(hours)),), exceptions=exceptions), Oracle(hours, off, make_up)


moments = st.integers(0, 45 * 1440).map(
    lambda minutes: datetime(2026, 1, 5, tzinfo=ZONE) + timedelta(minutes=minutes)
)
limits = st.one_of(
    st.tuples(st.integers(1, 15), st.just("WORKING_DAY"), st.sampled_from(["NEXT_DAY", "SAME_DAY"])),
    st.tuples(st.integers(1, 40), st.just("DAY"), st.sampled_from(["NEXT_DAY", "SAME_DAY"])),
    st.tuples(st.integers(1, 3), st.just("MONTH"), st.sampled_from(["NEXT_DAY", "SAME_DAY"])),
    st.tuples(st.integers(1, 30), st.just("HOUR"), st.sampled_from(["NEXT_DAY", "SAME_DAY", "NOW"])),
)
cutoffs = st.sampled_from([None, "15:00", "10:30"])
stretches = st.lists(st.tuples(st.integers(0, 20 * 1440), st.integers(0, 12 * 1440)), max_size=3)


@settings(max_examples=300, deadline=None)
@given(house=houses(), limit=limits, cutoff=cutoffs, received=moments, paused=stretches)
def test_reckon_agrees_with_the_oracle(house, limit, cutoff, received, paused) -> None:
    calendar, oracle = house
    amount, unit, start = limit
    pauses = [
        (received + timedelta(minutes=after), received + timedelta(minutes=after + length))
        for after, length in paused
    ]
    got = reckon(
        rule(amount, unit, start, cutoff),
        calendar,
        received,
        [Pause(since, until, "SUPPLEMENT", "x") for since, until in pauses],
    )
    expected = oracle.due(
        unit=unit,
        amount=amount,
        start=start,
        cutoff=cutoff,
        received=received.astimezone(LOCAL),
        pauses=[(since.astimezone(LOCAL), until.astimezone(LOCAL)) for since, until in pauses],
    )
    assert got.due_at == expected


@settings(max_examples=150, deadline=None)
@given(house=houses(), since=moments, until=moments)
def test_working_minutes_agree_with_the_oracle(house, since, until) -> None:
    calendar, oracle = house
    counted = sum(oracle.worked_from(since.astimezone(LOCAL), until.astimezone(LOCAL)))
    assert working_minutes_between(calendar, since, until) == counted


@settings(max_examples=150, deadline=None)
@given(house=houses(), start=moments, hours=st.integers(1, 40))
def test_adding_hours_is_undone_by_measuring(house, start, hours) -> None:
    calendar, _ = house
    end = add_working_hours(calendar, start, hours)
    assert working_minutes_between(calendar, start, end) == hours * 60


@settings(max_examples=150, deadline=None)
@given(house=houses(), limit=limits, received=moments, later=st.integers(0, 3 * 1440))
def test_who_comes_later_is_due_no_earlier(house, limit, received, later) -> None:
    calendar, _ = house
    amount, unit, start = limit
    first = reckon(rule(amount, unit, start), calendar, received)
    second = reckon(rule(amount, unit, start), calendar, received + timedelta(minutes=later))
    assert first.due_at <= second.due_at


@settings(max_examples=150, deadline=None)
@given(house=houses(), limit=limits, received=moments)
def test_every_day_between_is_worked_or_told(house, limit, received) -> None:
    """For working days and hours: a day from the start to the due date either has working time or a line."""
    calendar, oracle = house
    amount, unit, start = limit
    if unit not in ("WORKING_DAY", "HOUR"):
        return
    due = reckon(rule(amount, unit, start), calendar, received)
    told: set[date] = set()
    for line in due.explanation:
        if line["kind"] == "DAY_SKIPPED":
            day = date.fromisoformat(line["date"])
            while day <= date.fromisoformat(line["to"]):
                assert day not in told
                assert not oracle.is_worked(day)
                told.add(day)
                day += timedelta(days=1)
    day = received.date() + timedelta(days=1)
    while day <= due.due_at.date():
        assert oracle.is_worked(day) != (day in told)
        day += timedelta(days=1)
