"""The numbers a gate reads: queue and failed sending, from real rows of two tenants."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.ids import uuid7
from kernel.outbox.models import OutboxEvent
from project import gates
from tenants.registry.context import tenant_context


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
