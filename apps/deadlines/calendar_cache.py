"""The calendar of a unit in the shared cache, so that a due date costs no statement for it.

Every entry carries the stamp that was there before its rows were read. A change
takes a new stamp inside its transaction and again after the commit: what
another process read in between belongs to a stamp that is gone. A unit that is
moved below another one keeps its old calendar for as long as an entry lives.
One request looks a unit's calendar up once, however many rows it shows.
"""

from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

from apps.deadlines.working_calendar import Calendar
from tenants.registry.remembering import forget, recall, remember

_PREFIX = "deadlines:calendar:"
_STAMP = f"{_PREFIX}stamp"
_LIFE_SECONDS = 300


def look_up(unit_id: int | None) -> tuple[str, Calendar | None]:
    """The stamp to store under, and the calendar if it is there: one round trip, none the second time."""
    key = _key(unit_id)
    known = recall(key)
    if known is not None:
        return known
    found = cache.get_many([_STAMP, key])
    stamp = found.get(_STAMP)
    if stamp is None:
        stamp = str(cache.get_or_set(_STAMP, uuid4().hex, timeout=None))
    stored_under, calendar = found.get(key, (None, None))
    if stored_under != stamp:
        return stamp, None
    remember(key, (stamp, calendar))
    return stamp, calendar


def keep(unit_id: int | None, stamp: str, calendar: Calendar) -> None:
    cache.set(_key(unit_id), (stamp, calendar), timeout=_LIFE_SECONDS)
    remember(_key(unit_id), (stamp, calendar))


def forget_calendars() -> None:
    """After any change of hours or days, inside its transaction."""
    _take_new_stamp()
    transaction.on_commit(_take_new_stamp)


def _take_new_stamp() -> None:
    forget(_PREFIX)
    cache.set(_STAMP, uuid4().hex, timeout=None)


def _key(unit_id: int | None) -> str:
    return f"{_PREFIX}{unit_id or 0}"
