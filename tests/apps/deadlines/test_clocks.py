"""Clocks: started, paused, resumed, extended, stopped, and what each refuses."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.deadlines import errors
from apps.deadlines.models import Clock, ClockExtension, ClockPause, ClockVersion
from apps.deadlines.selectors import (
    count_pauses,
    get_calendar,
    get_due,
    get_dues,
    list_due_versions,
    preview_due,
    reckon_as_known,
)
from apps.deadlines.services import extend_clock, pause_clock, resume_clock, start_clock, stop_clock
from kernel.actors import SYSTEM
from tests.apps.deadlines.calendars import local

FIVE_DAYS = {
    "amount": 5,
    "unit": "WORKING_DAY",
    "start": "NEXT_DAY",
    "cutoff": None,
    "legal_ground": "Điều 9",
}


@pytest.fixture
def started(calendar_kept, monday):
    """Subject 1, due Monday 14/12/2026 17:00."""
    return start_clock(
        subject_id=1,
        rule=FIVE_DAYS,
        unit_id=calendar_kept["pleiku"],
        started_at=monday,
        by=SYSTEM,
        now=monday,
    )


def pause(at, reason="SUPPLEMENT", ground="Phiếu 02 số 5", subject_id=1):
    return pause_clock(subject_id=subject_id, reason=reason, ground=ground, by=SYSTEM, now=at)


def test_start_clock_stores_the_due_date_with_its_explanation(started, calendar_kept, monday) -> None:
    assert started.due_at == local(2026, 12, 14, 17)
    due = get_due(1)
    assert (due.due_at, due.explanation) == (started.due_at, started.explanation)
    assert get_dues([1, 2]).keys() == {1}
    foreseen = preview_due(rule=FIVE_DAYS, unit_id=calendar_kept["pleiku"], started_at=monday, now=monday)
    assert (foreseen.due_at, foreseen.explanation) == (due.due_at, due.explanation)


def test_start_clock_costs_one_statement_while_the_calendar_is_warm(calendar_kept, monday) -> None:
    unit_id = calendar_kept["pleiku"]
    get_calendar(unit_id=unit_id)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        start_clock(subject_id=7, rule=FIVE_DAYS, unit_id=unit_id, started_at=monday, by=SYSTEM, now=monday)
    assert len(statements) == 1
    with CaptureQueriesContext(connection) as statements:
        preview_due(rule=FIVE_DAYS, unit_id=unit_id, started_at=monday, now=monday)
    assert len(statements) == 0
    with CaptureQueriesContext(connection) as statements:
        stop_clock(subject_id=7, at=monday, by=SYSTEM, now=monday)
    assert len(statements) == 1


def test_pause_and_resume_cost_few_statements(started) -> None:
    """Besides the savepoint, which is there only because the test has a transaction around it."""
    with CaptureQueriesContext(connection) as statements:
        pause(local(2026, 12, 8, 9))
    assert len(statements) - 2 == 3
    with CaptureQueriesContext(connection) as statements:
        resume_clock(subject_id=1, by=SYSTEM, now=local(2026, 12, 9, 9))
    assert len(statements) - 2 == 5


def test_start_clock_refuses_a_second_clock(started, calendar_kept, monday) -> None:
    with pytest.raises(errors.ClockAlreadyStarted), transaction.atomic():
        start_clock(
            subject_id=1,
            rule=FIVE_DAYS,
            unit_id=calendar_kept["an_khe"],
            started_at=monday,
            by=SYSTEM,
            now=monday,
        )
    assert Clock.objects.get().unit_id == calendar_kept["pleiku"]


@pytest.mark.parametrize("broken", [{"amount": 99999}, {"unit": "OTHER"}, {}])
def test_start_clock_refuses_what_is_no_rule(calendar_kept, monday, broken) -> None:
    limit = {**FIVE_DAYS, **broken} if broken else {}
    with pytest.raises(errors.LimitRuleInvalid):
        start_clock(
            subject_id=1,
            rule=limit,
            unit_id=calendar_kept["pleiku"],
            started_at=monday,
            by=SYSTEM,
            now=monday,
        )
    assert not Clock.objects.exists()


def test_start_clock_refuses_a_unit_without_working_hours(units, monday) -> None:
    with pytest.raises(errors.CalendarHasNoWorkingTime):
        start_clock(
            subject_id=1, rule=FIVE_DAYS, unit_id=units["pleiku"], started_at=monday, by=SYSTEM, now=monday
        )
    assert not Clock.objects.exists()


def test_resume_gives_the_working_time_back_and_keeps_the_old_due_date(started) -> None:
    paused = pause(local(2026, 12, 8, 9))
    assert (paused.due_at, paused.paused_at) == (started.due_at, local(2026, 12, 8, 9))
    assert paused.explanation == reckon_as_known(1).explanation
    resumed = resume_clock(subject_id=1, by=SYSTEM, now=local(2026, 12, 9, 10))
    # 8/12 9:00-17:00 is 6 h, 9/12 7:30-10:00 is 2 h 30: 14/12 17:00 + 8 h 30 of work
    assert resumed.due_at == local(2026, 12, 16, 8, 30)
    assert resumed.paused_at is None
    assert [(v.number, v.due_at, v.cause) for v in list_due_versions(1)] == [(1, started.due_at, "RESUMED")]
    assert count_pauses(subject_id=1, reason="SUPPLEMENT") == 1
    again = pause(local(2026, 12, 10, 8), reason="PAYMENT")
    assert again.due_at == resumed.due_at
    assert resume_clock(subject_id=1, by=SYSTEM, now=local(2026, 12, 10, 9)).due_at == local(
        2026, 12, 16, 9, 30
    )


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": "BECAUSE"}, errors.PauseReasonUnknown),
        ({"ground": "  "}, errors.GroundMissing),
        ({"subject_id": 2}, errors.ClockNotFound),
        ({"at": local(2026, 12, 7, 8)}, errors.TimeRunsBackwards),
    ],
)
def test_pause_refuses_and_changes_nothing(started, changed, refusal) -> None:
    with pytest.raises(refusal):
        pause(**{"at": local(2026, 12, 8, 9), **changed})
    assert get_due(1) == started
    assert not ClockPause.objects.exists()


def test_a_clock_pauses_once_at_a_time_and_resumes_only_when_paused(started) -> None:
    with pytest.raises(errors.ClockNotPaused):
        resume_clock(subject_id=1, by=SYSTEM, now=local(2026, 12, 8, 9))
    pause(local(2026, 12, 8, 9))
    with pytest.raises(errors.ClockPaused):
        pause(local(2026, 12, 8, 10))
    with pytest.raises(errors.TimeRunsBackwards):
        resume_clock(subject_id=1, by=SYSTEM, now=local(2026, 12, 8, 8))
    with pytest.raises(errors.ClockPaused):
        extend_clock(subject_id=1, amount=2, ground="x", by=SYSTEM, now=local(2026, 12, 8, 11))
    assert ClockPause.objects.count() == 1


def test_extend_clock_says_who_approved_it_and_on_what_ground(started) -> None:
    extended = extend_clock(
        subject_id=1,
        amount=2,
        ground="VB xin lỗi số 12",
        approved_by="Trần Thị B",
        by=SYSTEM,
        now=local(2026, 12, 14, 9),
    )
    assert extended.due_at == local(2026, 12, 16, 17)
    told = next(line for line in extended.explanation if line["kind"] == "EXTENSION")
    assert (told["approved_by"], told["ground"], told["amount"]) == ("Trần Thị B", "VB xin lỗi số 12", 2)
    assert ClockExtension.objects.get().entered_by_name == SYSTEM.name
    assert [v.cause for v in list_due_versions(1)] == ["EXTENDED"]


def test_extend_clock_until_a_day_means_its_end_of_work_or_the_next(started) -> None:
    saturday = local(2026, 12, 19).date()
    extended = extend_clock(subject_id=1, until=saturday, ground="x", by=SYSTEM, now=local(2026, 12, 14, 9))
    assert extended.due_at == local(2026, 12, 21, 17)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"ground": ""}, errors.GroundMissing),
        ({"amount": None}, errors.ExtensionInvalid),
        ({"amount": 0}, errors.ExtensionInvalid),
        ({"amount": 9999}, errors.ExtensionInvalid),
        ({"unit": "OTHER"}, errors.ExtensionInvalid),
        ({"until": local(2026, 12, 20, 9)}, errors.ExtensionInvalid),
        ({"amount": None, "until": local(2026, 12, 10, 9)}, errors.ExtensionInvalid),
        ({"subject_id": 2}, errors.ClockNotFound),
    ],
)
def test_extend_clock_refuses_and_changes_nothing(started, changed, refusal) -> None:
    asked = {
        "subject_id": 1,
        "amount": 2,
        "ground": "x",
        "by": SYSTEM,
        "now": local(2026, 12, 8, 9),
        **changed,
    }
    with pytest.raises(refusal):
        extend_clock(**asked)
    assert get_due(1) == started
    assert not ClockExtension.objects.exists()
    assert not ClockVersion.objects.exists()


@pytest.mark.parametrize(
    ("limit", "asked"), [({}, 2), ({"extension_limit": 2}, 3), ({"extension_limit": 0}, 1)]
)
def test_the_rule_says_how_often_a_clock_is_extended(calendar_kept, monday, limit, asked) -> None:
    start_clock(
        subject_id=1,
        rule={**FIVE_DAYS, **limit},
        unit_id=calendar_kept["pleiku"],
        started_at=monday,
        by=SYSTEM,
        now=monday,
    )
    for _ in range(asked - 1):
        extend_clock(subject_id=1, amount=1, ground="x", by=SYSTEM, now=monday)
    with pytest.raises(errors.ExtensionLimitReached):
        extend_clock(subject_id=1, amount=1, ground="x", by=SYSTEM, now=monday)
    assert get_due(1).extension_count == asked - 1


def test_a_stopped_clock_stays_stopped(started) -> None:
    end = local(2026, 12, 14, 17)
    stop_clock(subject_id=1, at=end, by=SYSTEM, now=end)
    assert get_due(1).stopped_at == end
    assert not get_due(1).is_overdue(local(2027, 1, 1))
    for attempt in (
        lambda: pause(end),
        lambda: resume_clock(subject_id=1, by=SYSTEM, now=end),
        lambda: extend_clock(subject_id=1, amount=1, ground="x", by=SYSTEM, now=end),
        lambda: stop_clock(subject_id=1, at=end, by=SYSTEM, now=end),
    ):
        with pytest.raises(errors.ClockStopped):
            attempt()


def test_stop_clock_refuses_what_never_ran(started) -> None:
    with pytest.raises(errors.ClockNotFound):
        stop_clock(subject_id=2, at=local(2026, 12, 8), by=SYSTEM, now=local(2026, 12, 8))
    with pytest.raises(errors.TimeRunsBackwards):
        stop_clock(subject_id=1, at=local(2026, 12, 1), by=SYSTEM, now=local(2026, 12, 8))
    with pytest.raises(errors.ClockNotFound):
        get_due(2)


def test_reckon_as_known_gives_the_stored_due_date_again(started) -> None:
    pause(local(2026, 12, 8, 9))
    resume_clock(subject_id=1, by=SYSTEM, now=local(2026, 12, 9, 10))
    extended = extend_clock(subject_id=1, amount=2, ground="x", by=SYSTEM, now=local(2026, 12, 14, 9))
    again = reckon_as_known(1)
    assert (again.due_at, again.explanation) == (extended.due_at, extended.explanation)
