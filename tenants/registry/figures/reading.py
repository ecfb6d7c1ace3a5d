"""The figures of one tenant between two moments, and how many people are at work in all of them together."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from kernel.valkey import redis
from tenants.registry.figures.noting import ERROR, SLOT_SECONDS, connect, crowd_key, key_of
from tenants.registry.figures.scale import percentile

if TYPE_CHECKING:
    from tenants.registry.models import Tenant

FEWEST_REQUESTS = 20  # of fewer, neither a share of errors nor a p95 says anything
_SLOTS = 60 // SLOT_SECONDS
_CROWD_SLOTS = 2  # whole ones, before the one that is not over yet


@lru_cache(
    maxsize=1
)  # a gate reads each tenant four times: a connection for each costs more than the figures
def _client() -> "redis.Redis":
    return connect()


@dataclass(slots=True)
class Figures:
    """Of one page class. ``steps``: how many requests fell on each step of the scale."""

    requests: int = 0
    errors: int = 0
    steps: Counter[int] = field(default_factory=Counter)

    @property
    def p95(self) -> float | None:
        """Milliseconds; None without a request."""
        return percentile(self.steps, 0.95)


def read_figures(*, tenant: "Tenant", since: datetime, until: datetime) -> dict[str, Figures]:
    """By page class. Whole slots of 5 s that begin in the span: nothing from before ``since`` is counted.

    Raises redis.RedisError where there is no Valkey.
    """
    first, last = since.timestamp(), until.timestamp()
    minutes = range(int(first // 60), int(last // 60) + 1)
    asking = _client().pipeline(transaction=False)
    for minute in minutes:
        asking.hgetall(key_of(tenant.schema_name, minute))
    answers = asking.execute()
    found: dict[str, Figures] = {}
    for minute, answer in zip(minutes, answers, strict=True):
        for name, count in answer.items():
            slot, page_class, step = name.decode().split(":")
            if first <= minute * 60 + int(slot) * SLOT_SECONDS < last:
                _add(found.setdefault(page_class, Figures()), step, int(count))
    return found


def read_crowd(*, now: datetime) -> float:
    """Requests a second of all tenants together in the last ten to fifteen seconds, a second late at the most.

    Raises redis.RedisError where there is no Valkey.
    """
    slot, within = divmod(now.timestamp(), SLOT_SECONDS)
    counts = _client().mget(crowd_key(int(slot) - back) for back in range(_CROWD_SLOTS + 1))
    return sum(int(count) for count in counts if count) / (_CROWD_SLOTS * SLOT_SECONDS + within)


def _add(figures: Figures, step: str, count: int) -> None:
    if step == ERROR:
        figures.errors += count
    else:
        figures.requests += count
        figures.steps[int(step)] += count
