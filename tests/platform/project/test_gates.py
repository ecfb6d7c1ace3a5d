"""The numbers a gate reads: queue and failed sending, from real rows of two tenants."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.ids import uuid7
from kernel.outbox.models import OutboxEvent
from project import gates
from tenants.registry.context import central_context, tenant_context
from tenants.registry.figures.noting import Notebook
from tenants.releases.enums import RolloutState, Stage, Verdict
from tenants.releases.gates import Noted, read_after, read_before, why_held
from tenants.releases.models import Release, Rollout


def _row(tenant, created_at, **changed):
    facts = {"name": "thu.nghiem", "payload": {}, "created_at": created_at, "next_attempt_at": created_at}
    with tenant_context(tenant):
        return OutboxEvent.objects.create(event_id=uuid7(), **facts | changed)


def test_read_queue_age_is_of_the_oldest_waiting_row_of_this_tenant(gia_lai, ha_noi):
    moment = timezone.now()
    _row(gia_lai, moment - timedelta(seconds=500))
    _row(gia_lai, moment - timedelta(seconds=50))
    _row(ha_noi, moment - timedelta(hours=3), next_attempt_at=None, delivered_at=moment)
    (age,) = gates.read_queue_age(gia_lai, moment, moment).values()
    assert 500 <= age < 560
    assert gates.read_queue_age(ha_noi, moment, moment) == {"": 0.0}


def test_read_failing_counts_what_failed_in_the_span(gia_lai, ha_noi):
    until = timezone.now()
    since = until - timedelta(minutes=10)
    inside, before = until - timedelta(minutes=1), since - timedelta(minutes=1)
    _row(gia_lai, inside, attempts=1)
    _row(gia_lai, inside, attempts=0)
    _row(gia_lai, before, attempts=3)
    _row(gia_lai, before, next_attempt_at=None, gave_up_at=inside, attempts=12)
    _row(gia_lai, before, next_attempt_at=None, gave_up_at=before, attempts=12)
    assert gates.read_failing(gia_lai, since, until) == {"news": 2.0, "letters": 0.0}
    assert gates.read_failing(ha_noi, since, until) == {"news": 0.0, "letters": 0.0}


@pytest.mark.parametrize(("before", "limit"), [(None, 120), (0.0, 120), (40.0, 120), (100.0, 300)])
def test_queue_limit(before, limit):
    assert gates.queue_limit(before) == limit


@pytest.mark.parametrize(("before", "limit"), [(None, 2), (0.0, 2), (5.0, 5)])
def test_failing_limit(before, limit):
    assert gates.failing_limit(before) == limit


def _traffic(tenant, *, good, bad=0, seconds=0.02, page_class="desk"):
    book = Notebook()
    for number in range(good + bad):
        book.note(schema=tenant.schema_name, page_class=page_class, failed=number < bad, seconds=seconds)
    assert book.flush()


def _span():
    moment = timezone.now()
    return moment - timedelta(minutes=2), moment + timedelta(seconds=1)


def test_read_error_rate_is_of_this_tenant_and_says_of_how_many(gia_lai, ha_noi):
    _traffic(gia_lai, good=38, bad=2)
    _traffic(ha_noi, good=30)
    assert gates.read_error_rate(gia_lai, *_span()) == {"": Noted(5.0, "2 lỗi trong 40 lượt truy cập.")}
    assert gates.read_error_rate(ha_noi, *_span())[""].value == 0


def test_read_error_rate_says_nothing_of_few_requests(gia_lai, ha_noi):
    _traffic(gia_lai, good=9, bad=gates.FEWEST_REQUESTS - 10)
    assert gates.read_error_rate(gia_lai, *_span()) == {"": Noted(None, "Chỉ có 19 lượt truy cập.")}
    assert gates.read_error_rate(ha_noi, *_span()) == {"": Noted(None, "Chỉ có 0 lượt truy cập.")}


def test_read_slowness_is_by_page_class(gia_lai, ha_noi):
    _traffic(gia_lai, good=40, seconds=0.1)
    _traffic(gia_lai, good=40, seconds=1.0, page_class="api")
    _traffic(gia_lai, good=3, seconds=9.0, page_class="setup")
    read = gates.read_slowness(gia_lai, *_span())
    assert 100 <= read["desk"].value <= 115
    assert 1000 <= read["api"].value <= 1150
    assert read["setup"] == Noted(None, "3 lượt truy cập.")
    assert gates.read_slowness(ha_noi, *_span()) == {}


@pytest.mark.parametrize(("before", "limit"), [(None, 1), (0.0, 1), (0.5, 1), (4.0, 6)])
def test_error_limit(before, limit):
    assert gates.error_limit(before) == limit


@pytest.mark.parametrize(("before", "limit"), [(None, 2000), (20.0, 400), (900.0, 1800)])
def test_slowness_limit(before, limit):
    assert gates.slowness_limit(before) == limit


def test_the_gate_holds_when_the_error_rate_rises_and_names_the_tenant(gia_lai, ha_noi, now):
    """Both tenants had the same quiet numbers before; afterwards every fifth page of Gia Lai breaks."""
    facts = {"stage": Stage.PILOT, "tenants": [gia_lai, ha_noi]}
    with central_context():
        release = Release.objects.order_by("number").last()
        rollout = Rollout.objects.create(
            release=release, state=RolloutState.RUNNING, stage=Stage.PILOT, started_by="thử", started_at=now
        )
    _traffic(gia_lai, good=100)
    _traffic(ha_noi, good=100)
    since, until = _span()
    read_before(rollout=rollout, since=since, now=until, **facts)
    _traffic(gia_lai, good=75, bad=25)
    readings = read_after(rollout=rollout, since=since, now=_span()[1], **facts)
    bad = [(row.tenant.code, row.measure) for row in readings if row.verdict == Verdict.BAD]
    assert bad == [("H21", "error-rate")]
    why = why_held(readings)
    assert why.startswith("Tỉnh Gia Lai (H21): Tỉ lệ lỗi máy chủ (5xx): trước 0 %, sau 12,5 %, giới hạn 1 %.")
    assert "25 lỗi trong 200 lượt truy cập." in why
    assert "Hà Nội" not in why
