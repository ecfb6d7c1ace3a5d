"""When they work: the normal week from the file, the days off from the centre."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.catalogue import selectors as catalogue
from apps.deadlines import services as deadlines
from apps.deadlines.errors import WorkingHoursInvalid
from apps.deadlines.seeding import USUAL_WEEK
from apps.deadlines.selectors import list_national_dates, list_working_hours
from apps.deadlines.working_calendar import read_week, write_week
from kernel.actors import Actor
from project.national_calendar import take_over
from tenants.provisioning.onboarding.reading import Reading
from tenants.provisioning.onboarding.steps import Plan

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Hours:
    """``week``: seven days of ranges, as apps.deadlines keeps it."""

    week: list[list[list[str]]]
    valid_from: date
    ground: str


def read(reading: Reading) -> Hours:
    """Without the table, the usual hours of an office: five days, 7:30 to 11:30 and 13:30 to 17:00."""
    entry = reading.root.entry("working_hours")
    days = [entry.raw(day) for day in _DAYS]
    hours = Hours(
        week=_week(entry, days) if any(day is not None for day in days) else USUAL_WEEK,
        valid_from=entry.day("valid_from", reading.parts["frame"].since),
        ground=entry.text("ground", longest=300) or _("Quy chế làm việc của cơ quan"),
    )
    entry.done()
    return hours


def _week(entry: Any, days: list[Any]) -> list[list[list[str]]]:
    week: list[list[list[str]]] = []
    refused = False
    for key, day in zip(_DAYS, days, strict=True):
        try:
            whole: Any = [[] for _day in _DAYS]
            whole[0] = day or []
            week.append(write_week(read_week(whole))[0])
        except WorkingHoursInvalid as refusal:
            entry.refuse(key, refusal)
            week.append([])
            refused = True
    if not refused and not any(week):
        entry.refuse(None, _("ít nhất một ngày trong tuần phải có giờ làm việc"))
    return week


def _words(week: list[list[list[str]]]) -> str:
    """``thứ Hai, thứ Ba 07:30–11:30, 13:30–17:00; thứ Sáu 07:30–11:30``: days of the same hours together."""
    # Whole: “Năm” alone is a year as well.
    names = (
        _("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"),
    )  # fmt: skip
    alike: dict[str, list[str]] = {}
    for name, ranges in zip(names, week, strict=True):
        hours = ", ".join("–".join(one) for one in ranges)
        if hours:
            alike.setdefault(hours, []).append(name)
    return "; ".join(f"{', '.join(days)} {hours}" for hours, days in alike.items())


def plan(part: Hours, born: bool) -> Plan:
    standing = list_working_hours() if born else []
    same = any(row.valid_from == part.valid_from and row.week == part.week for row in standing)
    national = {day.date for day in catalogue.list_national_days()}
    missing = national - (list_national_dates() if born else set())
    lines = [] if same else [
        _("Đặt giờ làm việc chung từ ngày {day}: {week}").format(
            day=f"{part.valid_from:%d/%m/%Y}", week=_words(part.week)
        )
    ]  # fmt: skip
    if missing:
        lines.append(_("Chép {count} ngày của lịch quốc gia").format(count=len(missing)))

    def carry_out(by: Actor, now: datetime) -> None:
        if not same:
            deadlines.set_working_hours(
                week=part.week, valid_from=part.valid_from, ground=part.ground, by=by, now=now
            )
        if missing:
            take_over(now=now)

    return Plan(lines, carry_out)
