"""More time, by decision: written apology and a new date (form 04), as often as the rule allows."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.deadlines.arithmetic import add_working_days, reckon
from apps.deadlines.enums import LimitUnit, VersionCause, values_of
from apps.deadlines.errors import (
    ClockPaused,
    ExtensionInvalid,
    ExtensionLimitReached,
    GroundMissing,
    TimeRunsBackwards,
)
from apps.deadlines.models import ClockExtension
from apps.deadlines.open_clocks import events_of
from apps.deadlines.rules import LARGEST_AMOUNT, LimitRule, read_rule
from apps.deadlines.selectors import DueDateView, get_calendar, view_of
from apps.deadlines.services.clocks import get_running, keep_version, take_over
from apps.deadlines.working_calendar import Calendar, at
from kernel.actors import Actor
from kernel.vietnamese import clean


@transaction.atomic
def extend_clock(
    *,
    subject_id: int,
    ground: str,
    by: Actor,
    now: datetime,
    amount: int | None = None,
    unit: str | None = None,
    until: datetime | date | None = None,
    approved_by: str = "",
) -> DueDateView:
    """By ``amount`` (of the rule's unit unless ``unit`` is given), or ``until`` a moment or a day's end.

    ``approved_by`` names whose decision it is, ``by`` when it is left out. Not
    while the clock is paused: no time runs then that could be extended.
    """
    if not (ground := clean(ground)):
        raise GroundMissing(field="ground")
    clock = get_running(subject_id)
    rule = read_rule(clock.rule)
    if clock.paused_at is not None:
        raise ClockPaused
    if now < clock.started_at:
        raise TimeRunsBackwards
    if clock.extension_count >= rule.extension_limit:
        raise ExtensionLimitReached(limit=rule.extension_limit)
    calendar = get_calendar(unit_id=clock.unit_id)
    ClockExtension.objects.create(
        clock_id=clock.id,
        granted_at=now,
        **_how_far(rule, calendar, amount, unit, until),
        ground=ground[:500],
        approved_by=(clean(approved_by) or by.name)[:120],
        entered_by_id=by.id,
        entered_by_name=by.name,
    )
    pauses, extensions = events_of([clock.id])
    due = reckon(rule, calendar, clock.started_at, pauses.get(clock.id, []), extensions[clock.id])
    if due.due_at <= clock.due_at:
        raise ExtensionInvalid(field="until", reason=_("hạn mới phải sau hạn hiện nay."))
    keep_version(clock, cause=VersionCause.EXTENDED, by=by, now=now).save(force_insert=True)
    clock.extension_count += 1
    take_over(clock, due, calendar)
    clock.save()
    return view_of(clock)


def _how_far(
    rule: LimitRule, calendar: Calendar, amount: int | None, unit: str | None, until: datetime | date | None
) -> dict[str, object]:
    if (amount is None) == (until is None):
        raise ExtensionInvalid(field="amount", reason=_("nêu hoặc số lượng, hoặc thời điểm."))
    if amount is not None:
        if unit is not None and unit not in values_of(LimitUnit):
            raise ExtensionInvalid(field="unit", reason=_("đơn vị thời gian không có trong danh mục."))
        counted = LimitUnit(unit) if unit else rule.unit
        if isinstance(amount, bool) or not 1 <= amount <= LARGEST_AMOUNT[counted]:
            raise ExtensionInvalid(field="amount", reason=_("số lượng không hợp lý."))
        return {"amount": amount, "unit": counted}
    if until is not None and not isinstance(until, datetime):
        return {"until": calendar.get_end(until) or add_working_days(calendar, at(until, 0), 1)}
    return {"until": until}
