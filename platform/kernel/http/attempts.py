"""Guessing must not pay: attempts are counted in the cache before they are looked at.

Counted beforehand, so that many at once do not slip through; an attempt that
was right is given back.
"""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache

WINDOW_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class Counter:
    """``what`` is being counted (``sign-in:name``), for whom, and how many are allowed in a window."""

    what: str
    whom: str
    limit: int

    @property
    def key(self) -> str:
        """What was typed is kept as a digest: it may be a password in the wrong field."""
        return f"attempts:{self.what}:{hashlib.sha256(self.whom.encode()).hexdigest()}"


def find_exhausted(counters: tuple[Counter, ...]) -> Counter | None:
    """Count one attempt in each; the first counter that had no room left, if any."""
    for counter in counters:
        if _add_one(counter.key) > counter.limit:
            return counter
    return None


def _add_one(key: str) -> int:
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, WINDOW_SECONDS)
        return 1


def forget(counters: tuple[Counter, ...]) -> None:
    """All attempts that these have counted."""
    cache.delete_many([counter.key for counter in counters])


def give_back(counters: tuple[Counter, ...]) -> None:
    """The one attempt that was right."""
    for counter in counters:
        try:
            cache.decr(counter.key)
        except ValueError:  # it ran out meanwhile
            continue
