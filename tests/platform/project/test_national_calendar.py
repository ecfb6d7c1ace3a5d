"""A day that the centre decides reaches each tenant's due dates."""

from datetime import date, timedelta

import pytest

from apps.catalogue.services import NewDay, set_national_days
from apps.deadlines import selectors as deadlines
from apps.deadlines.seeding import seed_national_days
from apps.deadlines.services import start_clock
from apps.organisations import selectors as organisations
from infra.seed.calendar import seed_national_calendar
from kernel.actors import SYSTEM
from kernel.outbox.models import OutboxEvent
from project.national_calendar import take_over
from tenants.registry.context import central_context

RULE = {"amount": 10, "unit": "WORKING_DAY", "start": "NEXT_DAY", "cutoff": None, "legal_ground": "Luật"}


@pytest.fixture
def clock(furnished, in_gia_lai, now):
    seed_national_calendar(now=now)
    take_over(now=now)
    ward = organisations.get_unit_by_code("H21.101", on=now.date())
    start_clock(subject_id=1, rule=RULE, unit_id=ward.id, started_at=now, by=SYSTEM, now=now)
    return deadlines.get_due(1)


def _decide(now, kind="OFF"):
    with central_context():
        set_national_days(
            days=[NewDay(date(2026, 11, 30), kind, "Nghỉ bão", "Công điện của Thủ tướng")], by=SYSTEM, now=now
        )


def test_the_seeded_centre_is_what_the_tenant_counts_with(clock, now):
    assert take_over(now=now) == 0
    own = {day.date for day in deadlines.list_calendar_days(year=2026)}
    assert own == {day.date for day in seed_national_days([2026])}


def test_a_new_day_off_moves_due_dates_and_tells_the_house(clock, now):
    _decide(now)
    assert take_over(now=now + timedelta(minutes=5)) == 1
    moved = deadlines.get_due(1)
    assert moved.due_at > clock.due_at
    assert any("30" in str(line.get("date", "")) for line in moved.explanation)
    assert OutboxEvent.objects.filter(name="deadlines.due_date_moved", payload__subject_id=1).count() == 1


def test_taking_over_twice_changes_nothing_more(clock, now):
    _decide(now)
    later = now + timedelta(minutes=5)
    take_over(now=later)
    before = deadlines.get_due(1), OutboxEvent.objects.count()
    assert take_over(now=later) == 0
    assert (deadlines.get_due(1), OutboxEvent.objects.count()) == before
