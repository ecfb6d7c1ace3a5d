"""The calendar of a unit in the shared cache, so that a due date costs no statement for it.

Every entry carries the stamp that was there before its rows were read. A change
takes a new stamp inside its transaction and again after the commit: what
another process read in between belongs to a stamp that is gone. A unit that is
moved below another one keeps its old calendar for as long as an entry lives.
"""

from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

from apps.deadlines.working_calendar import Calendar

_STAMP = "deadlines:calendar:stamp"
_LIFE_SECONDS = 300


def look_up(unit_id: int | None) -> tuple[str, Calendar | None]:
    """The stamp to store under, and the calendar if it is there: one round trip."""
    key = _key(unit_id)
    found = cache.get_many([_STAMP, key])
    stamp = found.get(_STAMP)
    if stamp is None:
        stamp = str(cache.get_or_set(_STAMP, uuid4().hex, timeout=None))
    stored_under, calendar = found.get(key, (None, None))
    return stamp, calendar if stored_under == stamp else None


def keep(unit_id: int | None, stamp: str, calendar: Calendar) -> None:
    cache.set(_key(unit_id), (stamp, calendar), timeout=_LIFE_SECONDS)


def forget_calendars() -> None:
    """After any change of hours or days, inside its transaction."""
    _take_new_stamp()
    transaction.on_commit(_take_new_stamp)


def _take_new_stamp() -> None:
    cache.set(_STAMP, uuid4().hex, timeout=None)


def _key(unit_id: int | None) -> str:
    return f"deadlines:calendar:{unit_id or 0}"
