"""The calendar is kept: days off, make-up days, working hours. Nothing is overwritten, only withdrawn.

After a change the due dates still stand; recompute_after_calendar_change moves
them, preview_calendar_change says beforehand which.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.deadlines.calendar_cache import forget_calendars
from apps.deadlines.calendar_facts import CalendarChange, DayChange, HoursChange, find_latest_change
from apps.deadlines.enums import DayKind, DayScope, DaySource, values_of
from apps.deadlines.errors import (
    CalendarDayInvalid,
    CalendarDayNotFound,
    CalendarDayTaken,
    GroundMissing,
    WorkingHoursInvalid,
)
from apps.deadlines.models import CalendarDay, WorkingHours
from apps.deadlines.seeding import NationalDay, read_national_day
from apps.deadlines.working_calendar import read_week, write_week
from apps.organisations.selectors import find_leaf
from kernel.actors import Actor
from kernel.vietnamese import clean

YEARS = range(2000, 2100)


@transaction.atomic
def add_calendar_day(
    *,
    date: date,
    kind: str,
    name: str,
    ground: str,
    by: Actor,
    now: datetime,
    scope: str = DayScope.PROVINCE,
    unit_id: int | None = None,
    source: str = DaySource.LOCAL,
) -> int:
    """The key of the new day. Raises CalendarDayTaken where this scope has the date already."""
    change = _read_day(
        date=date, kind=kind, name=name, ground=ground, scope=scope, unit_id=unit_id, source=source
    )
    moment = _begin_change(now)
    if _find_day(change) is not None:
        raise CalendarDayTaken(field="date", date=f"{date:%d/%m/%Y}")
    return _add_day(change, by, moment).id


@transaction.atomic
def remove_calendar_day(*, day_id: int, by: Actor, now: datetime) -> None:
    """Raises CalendarDayNotFound also for a day that is withdrawn already."""
    moment = _begin_change(now)
    day = CalendarDay.objects.filter(id=day_id, withdrawn_at__isnull=True).first()
    if day is None:
        raise CalendarDayNotFound
    _withdraw_day(day, by, moment)


@transaction.atomic
def change_calendar(*, changes: Iterable[CalendarChange], by: Actor, now: datetime) -> None:
    """All of them or none: the same list that preview_calendar_change was asked about."""
    moment = _begin_change(now)
    for change in changes:
        if isinstance(change, HoursChange):
            _set_hours(change, by, moment)
            continue
        found = _find_day(change)
        if change.kind is None:
            if found is None:
                raise CalendarDayNotFound
            _withdraw_day(found, by, moment)
            continue
        read = _read_day(**{name: getattr(change, name) for name in DayChange.__slots__})
        if found is not None:
            _withdraw_day(found, by, moment)
        _add_day(read, by, moment)


@transaction.atomic
def set_working_hours(
    *,
    week: list[list[list[str]]] | None,
    valid_from: date,
    by: Actor,
    now: datetime,
    unit_id: int | None = None,
    ground: str = "",
) -> None:
    """The normal week of a unit (None: the tenant's) from a date on; ``week`` None: as the unit above."""
    _set_hours(
        HoursChange(valid_from=valid_from, week=week, unit_id=unit_id, ground=ground), by, _begin_change(now)
    )


@transaction.atomic
def copy_national_days(*, days: Iterable[NationalDay | dict[str, Any]], by: Actor, now: datetime) -> int:
    """Make the national days of the years in ``days`` be exactly these; how many were added or withdrawn.

    Safe to run twice: what is the same stays. Days of the province and of units
    are left alone, and still beat these.
    """
    wanted = {
        day.date: day for day in (read_national_day(day) if isinstance(day, dict) else day for day in days)
    }
    if not wanted:
        return 0
    moment, changed = _begin_change(now), 0
    years = {day.year for day in wanted}
    stand = CalendarDay.objects.filter(
        scope=DayScope.NATIONAL, withdrawn_at__isnull=True, date__year__in=years
    )
    for row in stand:
        day = wanted.get(row.date)
        if day and (day.kind, day.name, day.ground, day.source) == (
            row.kind,
            row.name,
            row.ground,
            row.source,
        ):
            del wanted[row.date]
        else:
            _withdraw_day(row, by, moment)
            changed += 1
    for day in wanted.values():
        _add_day(
            DayChange(
                date=day.date,
                kind=day.kind,
                scope=DayScope.NATIONAL,
                name=day.name,
                ground=day.ground,
                source=day.source,
            ),
            by,
            moment,
        )
        changed += 1
    return changed


def _begin_change(now: datetime) -> datetime:
    """One change of the calendar at a time, each with a later moment than all before it.

    The moment names a state of the calendar, so clocks whose time differs must
    not make two states share one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext('deadlines.calendar'))"
        )
    forget_calendars()
    latest = find_latest_change()
    return now if latest is None or now > latest else latest + timedelta(microseconds=1)


def _read_day(
    *, date: date, kind: str | None, name: str, ground: str, scope: str, unit_id: int | None, source: str
) -> DayChange:
    if kind not in values_of(DayKind):
        raise CalendarDayInvalid(field="kind", reason=_("phải là ngày nghỉ hoặc ngày làm bù."))
    if scope not in values_of(DayScope) or source not in values_of(DaySource):
        raise CalendarDayInvalid(field="scope", reason=_("phạm vi hoặc nguồn không có trong danh mục."))
    if (scope == DayScope.UNIT) != (unit_id is not None) or (
        unit_id is not None and find_leaf(unit_id) is None
    ):
        raise CalendarDayInvalid(
            field="unit_id", reason=_("phạm vi một đơn vị thì phải nêu đơn vị đó, và chỉ khi đó.")
        )
    if date.year not in YEARS:
        raise CalendarDayInvalid(field="date", reason=_("năm phải từ 2000 đến 2099."))
    name, ground = clean(name)[:200], clean(ground)[:300]
    if not name:
        raise CalendarDayInvalid(field="name", reason=_("phải có tên ngày."))
    if not ground:
        raise GroundMissing(field="ground")
    return DayChange(
        date=date,
        kind=DayKind(kind),
        scope=DayScope(scope),
        unit_id=unit_id,
        name=name,
        ground=ground,
        source=DaySource(source),
    )


def _find_day(change: DayChange) -> CalendarDay | None:
    return CalendarDay.objects.filter(
        scope=change.scope, unit_id=change.unit_id, date=change.date, withdrawn_at__isnull=True
    ).first()


def _add_day(change: DayChange, by: Actor, moment: datetime) -> CalendarDay:
    facts = {name: getattr(change, name) for name in DayChange.__slots__}
    day = CalendarDay.objects.create(**facts, known_at=moment)
    _trace("calendar.day_added", day.id, by, moment, after=_day_facts(day))
    return day


def _withdraw_day(day: CalendarDay, by: Actor, moment: datetime) -> None:
    day.withdrawn_at = moment
    day.save(update_fields=["withdrawn_at"])
    _trace("calendar.day_withdrawn", day.id, by, moment, before=_day_facts(day))


def _set_hours(change: HoursChange, by: Actor, moment: datetime) -> None:
    if change.unit_id is None and change.week is None:
        raise WorkingHoursInvalid(field="week", reason=_("phải khai báo giờ làm việc chung."))
    if change.unit_id is not None and find_leaf(change.unit_id) is None:
        raise WorkingHoursInvalid(field="unit_id", reason=_("không có đơn vị này."))
    week = None if change.week is None else write_week(read_week(change.week))
    if week is not None and not any(week):
        raise WorkingHoursInvalid(field="week", reason=_("ít nhất một ngày trong tuần phải có giờ làm việc."))
    WorkingHours.objects.filter(
        unit_id=change.unit_id, valid_from=change.valid_from, withdrawn_at__isnull=True
    ).update(withdrawn_at=moment)
    row = WorkingHours.objects.create(
        unit_id=change.unit_id,
        valid_from=change.valid_from,
        week=week,
        ground=clean(change.ground)[:300],
        known_at=moment,
    )
    after = {"unit_id": change.unit_id, "valid_from": change.valid_from.isoformat(), "week": week}
    _trace("calendar.hours_set", row.id, by, moment, after=after)


def _trace(
    action: str,
    subject_id: int,
    by: Actor,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        by=by,
        action=action,
        subject_type="calendar",
        subject_id=subject_id,
        now=now,
        before=before,
        after=after,
    )


def _day_facts(day: CalendarDay) -> dict[str, Any]:
    return {
        "scope": day.scope,
        "unit_id": day.unit_id,
        "date": day.date.isoformat(),
        "kind": day.kind,
        "name": day.name,
        "ground": day.ground,
    }
