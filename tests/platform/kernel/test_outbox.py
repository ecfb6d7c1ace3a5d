"""Told after the change, at least once, and not without it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction

from kernel.outbox.events import Event
from kernel.outbox.models import OutboxEvent
from kernel.outbox.services import MAX_ATTEMPTS, deliver_waiting, publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Event):
    name: ClassVar[str] = "test.happened"
    number: int


class Boom(Exception):
    pass


@pytest.fixture
def heard():
    return []


@pytest.fixture
def subscribers(heard):
    def listen(*, event_id, payload, now):
        heard.append(payload["number"])

    return {"test.happened": (("test.listen", listen),)}


def test_publish_is_refused_outside_a_transaction(throwaway_tenant, now):
    with pytest.raises(RuntimeError):
        publish(event=Happened(number=1), now=now)


def test_deliver_waiting_tells_in_order_and_once(in_gia_lai, subscribers, heard, now):
    for number in (1, 2, 3):
        publish(event=Happened(number=number), now=now)
    assert deliver_waiting(subscribers=subscribers, now=now) == 3
    assert heard == [1, 2, 3]
    assert deliver_waiting(subscribers=subscribers, now=now) == 0
    assert heard == [1, 2, 3]


def test_a_change_that_is_rolled_back_is_not_told(throwaway_tenant, subscribers, heard, now):
    """Fails when publish() writes in a connection of its own: the news would outlive the change."""
    with pytest.raises(Boom), transaction.atomic():
        publish(event=Happened(number=1), now=now)
        raise Boom
    assert deliver_waiting(subscribers=subscribers, now=now) == 0
    assert heard == []


def test_a_failing_subscriber_is_retried_and_the_others_are_not(in_gia_lai, heard, now):
    failures = []

    def fails_once(*, event_id, payload, now):
        if not failures:
            failures.append(1)
            raise Boom

    def listen(*, event_id, payload, now):
        heard.append(payload["number"])

    both = {"test.happened": (("test.fails", fails_once), ("test.listen", listen))}
    publish(event=Happened(number=7), now=now)
    deliver_waiting(subscribers=both, now=now)
    row = OutboxEvent.objects.get()
    assert (row.delivered, row.delivered_at, row.last_error) == (["test.listen"], None, "test.fails: Boom")
    assert row.next_attempt_at > now
    deliver_waiting(subscribers=both, now=now + timedelta(minutes=1))
    row.refresh_from_db()
    assert row.delivered_at is not None
    assert heard == [7]


def test_delivery_gives_up_at_last_and_says_so(in_gia_lai, now):
    def fails(*, event_id, payload, now):
        raise Boom

    publish(event=Happened(number=1), now=now)
    for attempt in range(MAX_ATTEMPTS):
        deliver_waiting(
            subscribers={"test.happened": (("test.fails", fails),)}, now=now + timedelta(hours=2 * attempt)
        )
    row = OutboxEvent.objects.get()
    assert (row.attempts, row.gave_up_at is not None, row.next_attempt_at) == (MAX_ATTEMPTS, True, None)


def test_what_a_subscriber_wrote_before_it_failed_is_taken_back(in_gia_lai, now):
    def writes_and_fails(*, event_id, payload, now):
        publish(event=Happened(number=99), now=now)
        raise Boom

    publish(event=Happened(number=1), now=now)
    deliver_waiting(subscribers={"test.happened": (("test.writes", writes_and_fails),)}, now=now, limit=1)
    assert OutboxEvent.objects.count() == 1
