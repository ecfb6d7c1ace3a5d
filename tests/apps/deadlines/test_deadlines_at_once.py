"""Two at once, with real commits: nobody overwrites, nobody goes on with a calendar of before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from django.db import connection, transaction

from apps.deadlines.errors import ClockAlreadyStarted, ClockPaused
from apps.deadlines.models import Clock, ClockPause
from apps.deadlines.seeding import USUAL_WEEK
from apps.deadlines.selectors import get_calendar
from apps.deadlines.services import add_calendar_day, pause_clock, set_working_hours, start_clock
from apps.organisations.services import create_unit
from kernel.actors import SYSTEM
from kernel.errors import DomainError
from tenants.registry.context import tenant_context
from tests.apps.deadlines.calendars import local

NOW = local(2026, 12, 7, 9)
TUESDAY = date(2026, 12, 8)
ONE_DAY = {"amount": 1, "unit": "WORKING_DAY", "start": "NEXT_DAY", "legal_ground": "x"}


def prepare() -> int:
    set_working_hours(week=USUAL_WEEK, valid_from=date(2025, 1, 1), by=SYSTEM, now=local(2025, 1, 1))
    return create_unit(
        code="H99", name="UBND tỉnh", kind="PROVINCE", parent_id=None, valid_from=TUESDAY, by=SYSTEM, now=NOW
    ).id


def elsewhere(tenant, work):
    """Run ``work`` in a thread with a connection of its own."""

    def run():
        try:
            with tenant_context(tenant):
                return work()
        finally:
            connection.close()

    return run


def test_a_reader_of_before_the_commit_does_not_keep_the_old_calendar(throwaway_tenant) -> None:
    unit_id = prepare()
    read = elsewhere(throwaway_tenant, lambda: get_calendar(unit_id=unit_id).is_working(TUESDAY))
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(read).result()
        with transaction.atomic():
            add_calendar_day(date=TUESDAY, kind="OFF", name="Bão", ground="CĐ 12", by=SYSTEM, now=NOW)
            assert pool.submit(read).result()  # not committed yet
        assert not pool.submit(read).result()


def test_of_two_who_start_or_pause_at_once_the_second_is_refused(throwaway_tenant) -> None:
    unit_id = prepare()
    together = Barrier(2)

    def attempt(work):
        def run():
            together.wait(timeout=20)
            try:
                work()
            except DomainError as refusal:
                return type(refusal)
            return None

        return elsewhere(throwaway_tenant, run)

    def start():
        start_clock(subject_id=1, rule=ONE_DAY, unit_id=unit_id, started_at=NOW, by=SYSTEM, now=NOW)

    def pause():
        pause_clock(subject_id=1, reason="PAYMENT", ground="x", by=SYSTEM, now=NOW)

    with ThreadPoolExecutor(2) as pool:
        for work, refusal in ((start, ClockAlreadyStarted), (pause, ClockPaused)):
            answers = [pool.submit(attempt(work)) for _ in range(2)]
            assert {answer.result() for answer in answers} == {None, refusal}
    assert (Clock.objects.count(), ClockPause.objects.count()) == (1, 1)
