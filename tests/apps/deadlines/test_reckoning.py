"""The arithmetic by example, on the calendar of the country."""

from datetime import date

import pytest

from apps.deadlines.arithmetic import (
    Extension,
    Pause,
    add_working_days,
    add_working_hours,
    reckon,
    working_minutes_between,
)
from apps.deadlines.enums import LimitUnit
from apps.deadlines.errors import CalendarHasNoWorkingTime, LimitRuleInvalid, WorkingHoursInvalid
from apps.deadlines.rules import read_rule
from apps.deadlines.working_calendar import Calendar, read_week
from tests.apps.deadlines.calendars import local, national_calendar, rule

CALENDAR = national_calendar()
BIRTH = rule(1, "WORKING_DAY", "SAME_DAY", "15:00")
SATURDAY_DESK = [*[[["07:30", "11:30"], ["13:30", "17:00"]]] * 5, [["07:30", "11:30"]], []]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param(
            local(2026, 11, 23, 14, 59, 59), local(2026, 11, 23, 17), id="before 15:00: the same day"
        ),
        pytest.param(local(2026, 11, 25, 15), local(2026, 11, 26, 17), id="at 15:00: the next working day"),
        pytest.param(local(2026, 11, 23, 15), local(2026, 11, 25, 17), id="24/11 is off"),
        pytest.param(local(2026, 11, 27, 15, 1), local(2026, 11, 30, 17), id="Friday: Monday"),
        pytest.param(local(2026, 2, 13, 14, 59), local(2026, 2, 13, 17), id="last day before Tết, in time"),
        pytest.param(local(2026, 2, 13, 15), local(2026, 2, 23, 17), id="last day before Tết, too late"),
        pytest.param(local(2026, 11, 28, 9), local(2026, 11, 30, 17), id="on a Saturday"),
        pytest.param(local(2026, 11, 25, 6), local(2026, 11, 25, 17), id="before the doors open"),
        pytest.param(local(2026, 1, 10, 9), local(2026, 1, 10, 17), id="on a make-up Saturday"),
        pytest.param(local(2026, 1, 1, 9), local(2026, 1, 5, 17), id="2/1/2026 is off by decree"),
    ],
)
def test_reckon_birth_registration_goes_by_the_three_o_clock_rule(received, due) -> None:
    assert reckon(BIRTH, CALENDAR, received).due_at == due


def test_reckon_same_day_after_the_end_of_a_short_saturday_goes_to_monday() -> None:
    saturday_noon = local(2026, 11, 28, 12)
    due = reckon(BIRTH, national_calendar(SATURDAY_DESK), saturday_noon)
    assert due.due_at == local(2026, 11, 30, 17)
    assert due.explanation[1]["because"] == "AFTER_HOURS"


def test_reckon_same_day_without_a_cutoff_lasts_until_working_time_ends() -> None:
    limit = rule(1, "WORKING_DAY", "SAME_DAY")
    assert reckon(limit, CALENDAR, local(2026, 11, 25, 16, 59)).due_at == local(2026, 11, 25, 17)
    assert reckon(limit, CALENDAR, local(2026, 11, 25, 17)).due_at == local(2026, 11, 26, 17)


@pytest.mark.parametrize(
    ("limit", "received", "due"),
    [
        pytest.param(
            rule(10, "WORKING_DAY"), local(2026, 4, 23, 9), local(2026, 5, 12, 17), id="30/4, 1/5, Hùng Vương"
        ),
        pytest.param(
            rule(3, "WORKING_DAY"), local(2026, 1, 7, 9), local(2026, 1, 10, 17), id="make-up Saturday counts"
        ),
        pytest.param(
            rule(20, "DAY"), local(2026, 4, 10, 16), local(2026, 5, 4, 17), id="ends on 30/4: rolls over"
        ),
        pytest.param(rule(5, "DAY"), local(2026, 11, 25, 9), local(2026, 11, 30, 17), id="calendar days"),
        pytest.param(
            rule(1, "MONTH"), local(2026, 3, 31, 9), local(2026, 5, 4, 17), id="31/3 + 1 month: 30/4, off"
        ),
        pytest.param(
            rule(1, "MONTH"), local(2027, 1, 31, 9), local(2027, 3, 1, 17), id="31/1 + 1 month: 28/2, Sunday"
        ),
        pytest.param(
            rule(3, "MONTH"), local(2025, 11, 30, 9), local(2026, 3, 2, 17), id="30/11 + 3: 28/2, Saturday"
        ),
        pytest.param(rule(12, "MONTH"), local(2026, 6, 15, 9), local(2027, 6, 15, 17), id="a year"),
        pytest.param(
            rule(8, "HOUR", "NOW"), local(2026, 11, 25, 10), local(2026, 11, 26, 10, 30), id="across lunch"
        ),
        pytest.param(
            rule(2, "HOUR", "NOW"), local(2026, 11, 25, 12), local(2026, 11, 25, 15, 30), id="from lunch"
        ),
        pytest.param(
            rule(8, "HOUR", "NOW"), local(2026, 11, 27, 17), local(2026, 12, 1, 8), id="Friday evening"
        ),
        pytest.param(
            rule(4, "HOUR", "NOW"), local(2026, 11, 25, 7, 30), local(2026, 11, 25, 11, 30), id="ends at noon"
        ),
        pytest.param(
            rule(4, "HOUR"), local(2026, 11, 27, 9), local(2026, 11, 30, 11, 30), id="hours from the next day"
        ),
    ],
)
def test_reckon_counts_each_unit(limit, received, due) -> None:
    assert reckon(limit, CALENDAR, received).due_at == due


def test_reckon_gives_back_only_working_time_of_a_pause_over_a_holiday() -> None:
    """Paused 29/4 16:00, resumed 4/5 8:30 after 30/4, 1/5 and a weekend: 1 h and 1 h."""
    pause = Pause(local(2026, 4, 29, 16), local(2026, 5, 4, 8, 30), "SUPPLEMENT", "Phiếu 02")
    due = reckon(rule(5, "WORKING_DAY"), CALENDAR, local(2026, 4, 28, 9), [pause])
    assert due.due_at == local(2026, 5, 8, 9, 30)  # without it 7/5, 17:00
    told = next(line for line in due.explanation if line["kind"] == "PAUSE")
    assert (told["minutes"], told["ground"], told["reason"]) == (120, "Phiếu 02", "SUPPLEMENT")


def test_reckon_gives_nothing_back_for_a_pause_before_counting_starts_or_after_the_limit() -> None:
    limit, received = rule(2, "WORKING_DAY"), local(2026, 11, 25, 9)
    plain = reckon(limit, CALENDAR, received).due_at
    before = Pause(local(2026, 11, 25, 10), local(2026, 11, 25, 16), "PAYMENT", "x")
    after = Pause(plain, local(2026, 12, 4, 9), "PAYMENT", "x")
    assert reckon(limit, CALENDAR, received, [before]).due_at == plain
    assert reckon(limit, CALENDAR, received, [after]).due_at == plain


def test_reckon_gives_no_minute_back_twice() -> None:
    limit, received = rule(3, "WORKING_DAY"), local(2026, 11, 23, 9)
    one = Pause(local(2026, 11, 25, 8), local(2026, 11, 25, 10), "SUPPLEMENT", "x")
    overlapping = Pause(local(2026, 11, 25, 9), local(2026, 11, 25, 10), "PAYMENT", "x")
    once, twice = (reckon(limit, CALENDAR, received, pauses) for pauses in ([one], [one, overlapping]))
    assert once.due_at == twice.due_at


def test_reckon_leaves_the_due_date_while_a_pause_lasts() -> None:
    pause = Pause(local(2026, 11, 26, 9), None, "SUPPLEMENT", "x")
    due = reckon(rule(5, "WORKING_DAY"), CALENDAR, local(2026, 11, 25, 9), [pause])
    assert due.due_at == local(2026, 12, 2, 17)
    assert [line["to"] for line in due.explanation if line["kind"] == "PAUSE"] == [None]


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ({"amount": 3, "unit": LimitUnit.WORKING_DAY}, local(2026, 12, 7, 17)),
        ({"amount": 3, "unit": LimitUnit.DAY}, local(2026, 12, 7, 17)),
        ({"amount": 1, "unit": LimitUnit.MONTH}, local(2027, 1, 4, 17)),
        ({"amount": 4, "unit": LimitUnit.HOUR}, local(2026, 12, 3, 11, 30)),
        ({"until": local(2026, 12, 9, 10)}, local(2026, 12, 9, 10)),
        ({"until": local(2026, 12, 1, 10)}, local(2026, 12, 2, 17)),  # never brings it nearer
    ],
)
def test_reckon_extends(more, due) -> None:
    """From 2/12 17:00, a Wednesday."""
    extension = Extension(local(2026, 12, 1, 9), "VB số 12", "Trần Thị B", **more)
    got = reckon(rule(5, "WORKING_DAY"), CALENDAR, local(2026, 11, 25, 9), [], [extension])
    assert got.due_at == due


def test_reckon_takes_pauses_and_extensions_in_the_order_they_happened() -> None:
    """The pause comes after the old limit but inside the extended one: it gives back."""
    extension = Extension(local(2026, 11, 26, 16), "x", "x", amount=2, unit=LimitUnit.WORKING_DAY)
    pause = Pause(local(2026, 11, 27, 7, 30), local(2026, 11, 27, 8, 30), "SUPPLEMENT", "x")
    due = reckon(rule(1, "WORKING_DAY"), CALENDAR, local(2026, 11, 25, 9), [pause], [extension])
    assert due.due_at == local(2026, 12, 1, 8, 30)


def test_reckon_tells_of_each_day_off_with_its_ground() -> None:
    lines = reckon(rule(4, "WORKING_DAY"), CALENDAR, local(2026, 12, 31, 9)).explanation
    assert lines == [
        {
            "kind": "RULE",
            "amount": 4,
            "unit": "WORKING_DAY",
            "start": "NEXT_DAY",
            "cutoff": None,
            "ground": "Điều 1",
        },
        {"kind": "START", "at": "2026-12-31T09:00:00+07:00", "day": "2027-01-04", "because": "NEXT_DAY"},
        {
            "kind": "DAY_SKIPPED",
            "date": "2027-01-01",
            "to": "2027-01-01",
            "why": "OFF",
            "name": "Tết Dương lịch",
            "ground": "Bộ luật Lao động 2019, Điều 112",
            "scope": "NATIONAL",
            "source": "SEED",
        },
        {"kind": "DAY_SKIPPED", "date": "2027-01-02", "to": "2027-01-03", "why": "WEEKLY"},
        {"kind": "DUE", "at": "2027-01-07T17:00:00+07:00"},
    ]


def test_reckon_warns_of_a_year_without_national_days() -> None:
    lines = reckon(rule(10, "WORKING_DAY"), CALENDAR, local(2027, 12, 28, 9)).explanation
    assert {"kind": "YEAR_UNPUBLISHED", "year": 2028} in lines


def test_reckon_follows_a_new_week_from_its_date() -> None:
    winter = read_week([*[[["08:00", "12:00"], ["13:00", "16:30"]]] * 5, [], []])
    calendar = Calendar(weeks=(*CALENDAR.weeks, (date(2026, 12, 1).toordinal(), winter)))
    assert reckon(rule(1, "WORKING_DAY"), calendar, local(2026, 11, 27, 9)).due_at == local(2026, 11, 30, 17)
    assert reckon(rule(2, "WORKING_DAY"), calendar, local(2026, 11, 27, 9)).due_at == local(
        2026, 12, 1, 16, 30
    )


def test_a_make_up_day_has_its_own_hours_or_those_of_the_first_day_that_has_some() -> None:
    saturday = date(2026, 1, 10)
    assert CALENDAR.get_ranges(saturday) == ((450, 690), (810, 1020))
    assert national_calendar(SATURDAY_DESK).get_ranges(saturday) == ((450, 690),)


@pytest.mark.parametrize("unit", ["WORKING_DAY", "DAY", "MONTH", "HOUR"])
def test_reckon_refuses_a_calendar_without_working_time(unit) -> None:
    for calendar in (Calendar(weeks=()), Calendar(weeks=((1, ((),) * 7),))):
        with pytest.raises(CalendarHasNoWorkingTime) as refusal:
            reckon(rule(1, unit), calendar, local(2026, 11, 23, 9))
        assert "400" in str(refusal.value)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": 3651},
        {"amount": 121, "unit": "MONTH"},
        {"amount": 1.5},
        {"amount": True},
        {"amount": "1"},
        {"amount": None},
        {"unit": "OTHER"},
        {"unit": None},
        {"start": "SOON"},
        {"start": "NOW"},
        {"cutoff": "25:00"},
        {"cutoff": "3pm"},
        {"cutoff": 900},
        {"extension_limit": -1},
        {"extension_limit": "1"},
    ],
)
def test_read_rule_refuses_what_is_no_rule(change) -> None:
    with pytest.raises(LimitRuleInvalid):
        read_rule({"amount": 5, "unit": "WORKING_DAY", "start": "NEXT_DAY", **change})


def test_read_rule_bears_the_largest_amount() -> None:
    due = reckon(rule(3650, "WORKING_DAY"), CALENDAR, local(2026, 11, 23, 9)).due_at
    assert due.year == 2040


@pytest.mark.parametrize(
    "week",
    [
        [[]] * 6,
        [[["07:30"]], *[[]] * 6],
        [[["7:30", "11:30"]], *[[]] * 6],
        [[["11:30", "07:30"]], *[[]] * 6],
        [[["07:30", "12:00"], ["11:00", "17:00"]], *[[]] * 6],
        [[["07:30", "24:00"]], *[[]] * 6],
    ],
)
def test_read_week_refuses_what_is_no_week(week) -> None:
    with pytest.raises(WorkingHoursInvalid):
        read_week(week)


def test_working_time_can_be_added_and_measured() -> None:
    friday = local(2026, 11, 27, 16)
    assert add_working_hours(CALENDAR, friday, 2) == local(2026, 11, 30, 8, 30)
    assert add_working_days(CALENDAR, friday, 2) == local(2026, 12, 1, 17)
    assert working_minutes_between(CALENDAR, friday, local(2026, 11, 30, 8, 30)) == 120
    assert working_minutes_between(CALENDAR, local(2026, 11, 30, 8, 30), friday) == 0
