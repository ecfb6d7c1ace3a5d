"""The calendar of a tenant: scopes, changes, what they do to due dates, and what was known when."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.selectors import list_entries
from apps.deadlines import errors
from apps.deadlines.models import CalendarDay, Clock
from apps.deadlines.seeding import USUAL_WEEK, seed_national_days
from apps.deadlines.selectors import (
    get_calendar,
    get_due,
    list_calendar_days,
    list_due_versions,
    list_working_hours,
    preview_calendar_change,
    reckon_as_known,
)
from apps.deadlines.services import (
    DayChange,
    HoursChange,
    add_calendar_day,
    change_calendar,
    copy_national_days,
    pause_clock,
    recompute_after_calendar_change,
    remove_calendar_day,
    resume_clock,
    set_working_hours,
    start_clock,
)
from kernel.actors import SYSTEM
from kernel.outbox.models import OutboxEvent
from tests.apps.deadlines.calendars import local

TWO_DAYS = {"amount": 2, "unit": "WORKING_DAY", "start": "NEXT_DAY", "cutoff": None, "legal_ground": "x"}
TUESDAY = date(2026, 12, 8)
STORM = {"kind": "OFF", "name": "Nghỉ tránh bão", "ground": "Công điện 12"}


def add(now, **changed):
    return add_calendar_day(**{"date": TUESDAY, **STORM, "by": SYSTEM, "now": now, **changed})


def start(subject_id, unit_id, now):
    return start_clock(
        subject_id=subject_id, rule=TWO_DAYS, unit_id=unit_id, started_at=now, by=SYSTEM, now=now
    )


def is_working(unit_id, day=TUESDAY) -> bool:
    return get_calendar(unit_id=unit_id).is_working(day)


def test_unit_beats_province_beats_nation(calendar_kept, monday) -> None:
    pleiku, an_khe = calendar_kept["pleiku"], calendar_kept["an_khe"]
    add(monday, scope="NATIONAL", kind="OFF")
    assert (is_working(pleiku), is_working(an_khe), is_working(None)) == (False, False, False)
    add(monday, scope="PROVINCE", kind="WORK")
    assert (is_working(pleiku), is_working(an_khe), is_working(None)) == (True, True, True)
    add(monday, scope="UNIT", unit_id=pleiku)
    assert (is_working(pleiku), is_working(an_khe), is_working(None)) == (False, True, True)


def test_a_day_of_a_unit_holds_for_the_units_below_it_and_the_nearest_wins(calendar_kept, monday) -> None:
    add(monday, scope="UNIT", unit_id=calendar_kept["province"])
    add(monday, scope="UNIT", unit_id=calendar_kept["pleiku"], kind="WORK")
    assert (is_working(calendar_kept["pleiku"]), is_working(calendar_kept["an_khe"])) == (True, False)


def test_a_warm_calendar_costs_no_statement_and_a_change_is_seen_at_once(calendar_kept, monday) -> None:
    unit_id = calendar_kept["pleiku"]
    get_calendar(unit_id=unit_id)
    with CaptureQueriesContext(connection) as statements:
        assert is_working(unit_id)
    assert len(statements) == 0
    day_id = add(monday)
    assert not is_working(unit_id)
    remove_calendar_day(day_id=day_id, by=SYSTEM, now=monday)
    assert is_working(unit_id)


def test_another_tenant_has_a_calendar_of_its_own(calendar_kept, ha_noi, monday) -> None:
    from tenants.registry.context import tenant_context

    add(monday)
    with tenant_context(ha_noi):
        assert list_calendar_days(year=2026) == []
        assert get_calendar(unit_id=None).exceptions == {}


def test_working_hours_of_a_unit_beat_the_tenants_from_their_date_on(calendar_kept, monday) -> None:
    saturday = date(2026, 12, 12)
    week = [*USUAL_WEEK[:5], [["07:30", "11:30"]], []]
    set_working_hours(week=week, unit_id=calendar_kept["pleiku"], valid_from=TUESDAY, by=SYSTEM, now=monday)
    assert is_working(calendar_kept["pleiku"], saturday)
    assert not is_working(calendar_kept["pleiku"], date(2026, 12, 5))
    assert not is_working(calendar_kept["an_khe"], saturday)
    set_working_hours(
        week=None, unit_id=calendar_kept["pleiku"], valid_from=date(2026, 12, 10), by=SYSTEM, now=monday
    )
    assert not is_working(calendar_kept["pleiku"], saturday)
    assert [hours.week for hours in list_working_hours(unit_id=calendar_kept["pleiku"])] == [week, None]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"kind": "HALF"}, errors.CalendarDayInvalid),
        ({"name": " "}, errors.CalendarDayInvalid),
        ({"ground": ""}, errors.GroundMissing),
        ({"scope": "UNIT"}, errors.CalendarDayInvalid),
        ({"scope": "UNIT", "unit_id": 999999}, errors.CalendarDayInvalid),
        ({"unit_id": 1}, errors.CalendarDayInvalid),
        ({"date": date(1926, 1, 1)}, errors.CalendarDayInvalid),
        ({"date": date(2026, 1, 1), "scope": "NATIONAL"}, errors.CalendarDayTaken),
    ],
)
def test_add_calendar_day_refuses_and_changes_nothing(calendar_kept, monday, changed, refusal) -> None:
    before = CalendarDay.objects.count()
    with pytest.raises(refusal):
        add(monday, **changed)
    assert CalendarDay.objects.count() == before


def test_remove_calendar_day_refuses_one_that_is_gone(calendar_kept, monday) -> None:
    day_id = add(monday)
    remove_calendar_day(day_id=day_id, by=SYSTEM, now=monday)
    with pytest.raises(errors.CalendarDayNotFound):
        remove_calendar_day(day_id=day_id, by=SYSTEM, now=monday)
    traced = [entry.action for entry in list_entries(subject_type="calendar", subject_id=day_id)]
    assert traced[-2:] == ["calendar.day_added", "calendar.day_withdrawn"]


def test_copy_national_days_is_safe_to_run_twice_and_takes_over_corrections(calendar_kept, monday) -> None:
    days = seed_national_days([2026])
    assert copy_national_days(days=days, by=SYSTEM, now=monday) == 0
    without = [day.as_json() for day in days if day.date != date(2026, 11, 24)]
    assert copy_national_days(days=without, by=SYSTEM, now=monday) == 1
    assert is_working(None, date(2026, 11, 24))
    assert {day.date for day in list_calendar_days(year=2026)} == {day.date for day in days} - {
        date(2026, 11, 24)
    }
    assert list_calendar_days(year=2027)


def test_preview_says_what_recomputing_then_does_and_writes_nothing(calendar_kept, monday) -> None:
    start(1, calendar_kept["pleiku"], monday)
    start(2, calendar_kept["an_khe"], monday)
    start(3, calendar_kept["pleiku"], monday - timedelta(days=7))
    pause_clock(subject_id=2, reason="PAYMENT", ground="x", by=SYSTEM, now=monday)
    changes = [DayChange(date=TUESDAY, **{**STORM, "kind": "OFF"})]
    rows = CalendarDay.objects.count()
    with CaptureQueriesContext(connection) as statements:
        foreseen = preview_calendar_change(changes=changes, now=monday)
    assert all(statement["sql"].lstrip().upper().startswith("SELECT") for statement in statements)
    assert [(move.subject_id, move.old_due_at, move.new_due_at) for move in foreseen] == [
        (1, local(2026, 12, 9, 17), local(2026, 12, 10, 17)),
        (2, local(2026, 12, 9, 17), local(2026, 12, 10, 17)),
    ]
    assert (CalendarDay.objects.count(), get_due(1).due_at) == (rows, local(2026, 12, 9, 17))
    change_calendar(changes=changes, by=SYSTEM, now=monday)
    outcome = recompute_after_calendar_change(by=SYSTEM, now=monday)
    assert (outcome.moved, outcome.unchanged, outcome.stuck) == (foreseen, 1, [])
    assert get_due(1).due_at == local(2026, 12, 10, 17)
    assert any(line.get("name") == STORM["name"] for line in get_due(1).explanation)
    assert [version.cause for version in list_due_versions(1)] == ["CALENDAR"]
    assert get_due(2).paused_at == monday
    assert [event.payload["subject_id"] for event in OutboxEvent.objects.order_by("id")] == [1, 2]
    assert [e.action for e in list_entries(subject_type="dossier", subject_id=1)] == [
        "dossier.due_date_moved"
    ]
    again = recompute_after_calendar_change(by=SYSTEM, now=monday)
    assert (again.moved, again.unchanged) == ([], 0)


def test_preview_of_new_hours(calendar_kept, monday) -> None:
    start(1, calendar_kept["pleiku"], monday)
    week = [[["08:00", "12:00"]]] * 5 + [[], []]
    foreseen = preview_calendar_change(changes=[HoursChange(valid_from=TUESDAY, week=week)], now=monday)
    assert [move.new_due_at for move in foreseen] == [local(2026, 12, 9, 12)]


def test_recompute_leaves_stopped_clocks_and_those_without_working_time(calendar_kept, monday) -> None:
    from apps.deadlines.services import stop_clock

    start(1, calendar_kept["pleiku"], monday)
    start(2, calendar_kept["an_khe"], monday)
    stop_clock(subject_id=2, at=monday, by=SYSTEM, now=monday)
    days = [TUESDAY + timedelta(days=n) for n in range(500)]
    changes = [
        DayChange(date=day, **{**STORM, "kind": "OFF"}, scope="UNIT", unit_id=calendar_kept["pleiku"])
        for day in days
    ]
    change_calendar(changes=changes, by=SYSTEM, now=monday)
    outcome = recompute_after_calendar_change(by=SYSTEM, now=monday)
    assert (outcome.moved, outcome.stuck) == ([], [1])
    assert get_due(1).due_at == get_due(2).due_at == local(2026, 12, 9, 17)


def test_recompute_costs_the_same_at_one_and_at_three_clocks(calendar_kept, monday) -> None:
    def cost(day: date) -> int:
        change_calendar(changes=[DayChange(date=day, **{**STORM, "kind": "OFF"})], by=SYSTEM, now=monday)
        with CaptureQueriesContext(connection) as statements:
            recompute_after_calendar_change(by=SYSTEM, now=monday)
        return len(statements)

    start(1, calendar_kept["pleiku"], monday)
    one = cost(date(2027, 6, 1))
    start(2, calendar_kept["pleiku"], monday)
    start(3, calendar_kept["an_khe"], monday)
    assert cost(date(2027, 6, 2)) == one


def test_the_calendar_is_read_again_as_it_was_known(calendar_kept, monday) -> None:
    unit_id = calendar_kept["pleiku"]
    start(1, unit_id, monday)
    known_at = Clock.objects.get().calendar_known_at
    stored = get_due(1)
    add(monday + timedelta(hours=1))
    assert not is_working(unit_id)
    assert get_calendar(unit_id=unit_id, known_at=known_at).is_working(TUESDAY)
    assert reckon_as_known(1).explanation == stored.explanation


def test_two_changes_at_one_moment_are_two_states(calendar_kept, monday) -> None:
    first = get_calendar(unit_id=None).known_at
    add(first)
    second = get_calendar(unit_id=None).known_at
    add(first, date=date(2026, 12, 9))
    third = get_calendar(unit_id=None).known_at
    assert first < second < third


def test_resume_goes_by_the_calendar_of_today(calendar_kept, monday) -> None:
    start(1, calendar_kept["pleiku"], monday)
    pause_clock(subject_id=1, reason="SUPPLEMENT", ground="x", by=SYSTEM, now=local(2026, 12, 8, 7, 30))
    add(local(2026, 12, 8, 8))
    resumed = resume_clock(subject_id=1, by=SYSTEM, now=local(2026, 12, 9, 7, 30))
    assert resumed.due_at == local(2026, 12, 10, 17)
    assert next(line["minutes"] for line in resumed.explanation if line["kind"] == "PAUSE") == 0
