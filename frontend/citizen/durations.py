"""How long it usually takes, in the words of somebody who waits: never less than it was."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.reporting.selectors import DurationView

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Usual:
    median: str
    ninth: str
    dossiers: int
    until: datetime


def usual_words(found: DurationView | None) -> Usual | None:
    if found is None:
        return None
    return Usual(say_time(found.median), say_time(found.ninth), found.dossiers, found.until)


def say_time(time: timedelta) -> str:
    """``dưới 1 giờ``, ``5 giờ``, ``3 ngày``: rounded up, since who was told two days comes after two days."""
    if time <= _HOUR:
        return _("dưới 1 giờ")
    if time < _DAY:
        hours = ceil(time / _HOUR)
        return ngettext("{n} giờ", "{n} giờ", hours).format(n=hours)
    days = ceil(time / _DAY)
    return ngettext("{n} ngày", "{n} ngày", days).format(n=days)
