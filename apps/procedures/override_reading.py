"""The plain facts of an override, read with suspicion: it may come from a form, a file or another release. Pure."""

from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.procedures.errors import OverrideUnclear
from kernel.errors import DomainError

Override = dict[str, Any]
_LONGEST = 1000


class Unclear(Exception):
    def __init__(self, why: str | Promise) -> None:
        self.why = why


def whole(override: Override, key: str, least: int) -> int:
    value = override.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 10**12:
        raise Unclear(_("{key} phải là số nguyên không nhỏ hơn {least}").format(key=key, least=least))
    return value


def words(override: Override, key: str) -> str:
    value = override.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise Unclear(_("{key} phải là lời văn, không quá {most} ký tự").format(key=key, most=_LONGEST))
    return value.strip()


def first_day(override: Override) -> date | None:
    """The day from which it holds; None: from the beginning of the adoption."""
    return _day(override, "from")


def last_day(override: Override) -> date | None:
    """The last day on which it holds; None: until something else is adopted."""
    return _day(override, "to")


def is_active(override: Override, on: date) -> bool:
    first, last = first_day(override), last_day(override)
    return (first is None or first <= on) and (last is None or on <= last)


def check_days(override: Override) -> None:
    """Raises Unclear for days that are none, or that never come."""
    first, last = first_day(override), last_day(override)
    if first is not None and last is not None and last < first:
        raise Unclear(_("ngày cuối cùng sớm hơn ngày đầu tiên"))


def check_resolution(override: Override) -> None:
    """Number, day and address of the paper that it rests on, where they are given."""
    resolution = override.get("resolution")
    if resolution is None:
        return
    if not isinstance(resolution, dict) or not set(resolution) <= {"number", "date", "link"}:
        raise Unclear(_("văn bản làm căn cứ gồm số, ngày và địa chỉ"))
    words(resolution, "number")
    _day(resolution, "date")
    link = resolution.get("link") or ""
    if not isinstance(link, str) or (link and not link.startswith(("https://", "http://"))):
        raise Unclear(_("địa chỉ của văn bản phải bắt đầu bằng https://"))


def has_ended(override: Override, day: date) -> bool:
    last = last_day(override)
    return last is not None and last < day


def expired(overrides: list[Override], day: date) -> list[DomainError]:
    """What would never hold: its last day is before the first day of the adoption."""
    found: list[DomainError] = []
    for index, override in enumerate(overrides):
        try:
            if has_ended(override, day):
                why = _("ngày cuối cùng đã qua trước khi áp dụng")
                found.append(OverrideUnclear(field=f"overrides[{index}]", why=why))
        except Unclear:
            continue  # refused for its days already
    return found


def begun_too_late(overrides: list[Override], until: date) -> list[DomainError]:
    """What would never hold: a newer national version, adopted already, begins before its first day."""
    why = _("ngày đầu tiên không sớm hơn ngày bản quốc gia mới hơn được áp dụng ({day})")
    return [
        OverrideUnclear(field=f"overrides[{index}]", why=why.format(day=until.strftime("%d/%m/%Y")))
        for index, override in enumerate(overrides)
        if (first := _first_day_or_none(override)) is not None and first >= until
    ]


def _first_day_or_none(override: Override) -> date | None:
    try:
        return first_day(override)
    except Unclear:
        return None  # refused for its days already


def period_starts(overrides: list[Override], day: date) -> list[date]:
    """``day`` and every later day on which what holds changes: an override begins, or has ended the day before."""
    starts = {day}
    for override in overrides:
        first, last = first_day(override), last_day(override)
        starts |= {first} if first else set()
        starts |= {last + timedelta(days=1)} if last else set()
    return sorted(start for start in starts if start >= day)


def _day(override: Override, key: str) -> date | None:
    value = override.get(key)
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _not_a_day(key)
    except ValueError:
        return _not_a_day(key)


def _not_a_day(key: str) -> date:
    names = {"from": _("ngày đầu tiên"), "to": _("ngày cuối cùng"), "date": _("ngày ban hành")}
    raise Unclear(_("{name} không phải là ngày").format(name=names[key]))
