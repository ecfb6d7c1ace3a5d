"""Publish inside a transaction; deliver after it."""

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from kernel.ids import uuid7
from kernel.outbox.events import Event
from kernel.outbox.models import OutboxEvent

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 12
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)

Subscriber = Callable[..., None]
_after_publish: Callable[[], None] | None = None
_told = ContextVar("told", default=True)


def set_after_publish(kick: Callable[[], None] | None) -> None:
    """Wired once by the roof: what wakes the relay when a transaction has committed."""
    global _after_publish
    _after_publish = kick


def publish(*, event: Event, now: datetime) -> None:
    """Write the event into the running transaction.

    Outside a transaction the event could be told without its change, or lost
    with it: that is refused as a programming error.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is published inside the transaction of its change")
    if not _told.get():
        return
    OutboxEvent.objects.create(
        event_id=uuid7(), name=event.name, payload=event.payload(), created_at=now, next_attempt_at=now
    )
    # Once a transaction: the relay that it wakes delivers all there is.
    if _after_publish is not None and not any(
        waiting[1] is _after_publish for waiting in connection.run_on_commit
    ):
        transaction.on_commit(_after_publish, robust=True)


@contextmanager
def nobody_is_told() -> Iterator[None]:
    """For taking over what happened long ago: events of the block are no news, and nobody gets a letter."""
    before = _told.set(False)
    try:
        yield
    finally:
        _told.reset(before)


def deliver_waiting(
    *, subscribers: dict[str, tuple[tuple[str, Subscriber], ...]], now: datetime, limit: int = 100
) -> int:
    """Deliver what is due, oldest first; returns how many rows were handled.

    Each row is its own transaction and is locked while it is delivered, so two
    relays never carry the same row at the same time. A subscriber runs in a
    savepoint: what it wrote and the mark that it is done are kept together. One
    that reaches outside may run twice after a crash, and is written for that.
    """
    handled = 0
    while handled < limit and _deliver_one(subscribers, now):
        handled += 1
    return handled


def _deliver_one(subscribers: dict[str, tuple[tuple[str, Subscriber], ...]], now: datetime) -> bool:
    with transaction.atomic():
        row = (
            OutboxEvent.objects.select_for_update(skip_locked=True)
            .filter(next_attempt_at__lte=now)
            .order_by("next_attempt_at", "id")
            .first()
        )
        if row is None:
            return False
        errors = list(_call_each(row, subscribers.get(row.name, ()), now))
        row.attempts += 1
        if not errors:
            row.delivered_at, row.next_attempt_at, row.last_error = now, None, ""
        elif row.attempts >= MAX_ATTEMPTS:
            row.gave_up_at, row.next_attempt_at, row.last_error = now, None, "; ".join(errors)[:500]
        else:
            row.next_attempt_at, row.last_error = now + _delay(row.attempts), "; ".join(errors)[:500]
        row.save()
        return True


def _call_each(row: OutboxEvent, listed: Iterable[tuple[str, Subscriber]], now: datetime) -> Iterable[str]:
    for key, subscriber in listed:
        if key in row.delivered:
            continue
        try:
            with transaction.atomic():
                subscriber(event_id=row.event_id, payload=row.payload, now=now)
        except (
            Exception
        ) as error:  # the outermost edge of delivery: one bad subscriber must not stop the rest
            log.warning("outbox.subscriber_failed", news=row.name, subscriber=key, error=type(error).__name__)
            yield f"{key}: {type(error).__name__}"
        else:
            row.delivered.append(key)


def _delay(attempts: int) -> timedelta:
    """Doubling, with jitter so that a fleet of rows does not come back at one moment."""
    base = min(FIRST_DELAY * 2 ** (attempts - 1), LONGEST_DELAY)
    return base * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret
