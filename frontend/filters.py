"""How values are written for people. Times are stored in UTC and shown in Viet Nam's time."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext
from markupsafe import Markup, escape

from kernel.money import format_vnd

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_LINE_END = re.compile(r"\r\n|\r|\n")


def _weekday(day: date) -> str:
    return (
        gettext("thứ Hai"),
        gettext("thứ Ba"),
        gettext("thứ Tư"),
        gettext("thứ Năm"),
        gettext("thứ Sáu"),
        gettext("thứ Bảy"),
        gettext("Chủ nhật"),
    )[day.weekday()]


def date_vi(value: datetime | date | str | None) -> str:
    """``thứ Hai, 23/11/2026, 16:30``; a date alone without the hour; nothing for None.

    A text is read as ISO 8601: the explanations of due dates keep moments so.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value or " " in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        local = value.astimezone(VIETNAM)
        return f"{_weekday(local)}, {local:%d/%m/%Y, %H:%M}"
    return f"{_weekday(value)}, {value:%d/%m/%Y}"


def date_short(value: datetime | date | None) -> str:
    """``23/11/2026 16:30``, for columns."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}"


def day(value: datetime | date | None) -> str:
    """``23/11/2026``: where the hour and the weekday say nothing, as in a date of birth."""
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM).date()
    return f"{value:%d/%m/%Y}" if value else ""


def clock(value: datetime) -> str:
    """``09:12:33``: when a draft was saved."""
    return f"{value.astimezone(VIETNAM):%H:%M:%S}"


def iso(value: datetime | date) -> str:
    """For the ``datetime`` attribute of <time>."""
    return value.isoformat()


def vnd(amount: int | None) -> str:
    return "" if amount is None else format_vnd(amount)


def thousands(number: int) -> str:
    """``1.234.567``."""
    return f"{number:,}".replace(",", ".")


def size_vi(size: int) -> str:
    """Bytes as people say them, in thousands: ``12,3 MB``; below a thousand exactly."""
    amount, units = float(size), ["kB", "MB", "GB", "TB"]
    if size < 1000:
        return f"{size} B"
    while amount >= 1000 and units:
        amount, unit = amount / 1000, units.pop(0)
    return f"{amount:.1f} {unit}".replace(".", ",")


def _span(minutes: int, day_minutes: int) -> str:
    days, rest = divmod(minutes, day_minutes)
    if days:
        return ngettext("%(count)d ngày làm việc", "%(count)d ngày làm việc", days) % {"count": days}
    hours = rest // 60
    if hours:
        return ngettext("%(count)d giờ làm việc", "%(count)d giờ làm việc", hours) % {"count": hours}
    return ngettext("%(count)d phút làm việc", "%(count)d phút làm việc", max(rest, 1)) % {
        "count": max(rest, 1)
    }


def distance(minutes: int | None, day_minutes: int = 480) -> str:
    """``còn 2 ngày làm việc``, ``quá hạn 3 giờ làm việc``; negative when past.

    ``minutes`` are minutes of working time; ``day_minutes`` those of one working day.
    """
    if minutes is None:
        return ""
    if -5 < minutes < 0:  # past the hour, and hardly any working time since
        return gettext("vừa quá hạn")
    if minutes < 0:
        return gettext("quá hạn %(span)s") % {"span": _span(-minutes, day_minutes)}
    return gettext("còn %(span)s") % {"span": _span(minutes, day_minutes)}


def lines(text: str | None) -> Markup:
    """Line ends of typed text as <br>; everything else of it is escaped."""
    return Markup("<br>\n").join(escape(part) for part in _LINE_END.split(text or ""))


def prose(text: str | None) -> Markup:
    """Notes as they stand in a manifest: a blank line ends a paragraph, lines with a dash are a list."""
    parts = []
    for block in re.split(r"(?:\r?\n[ \t]*){2,}", (text or "").strip()):
        rows = [row.strip() for row in _LINE_END.split(block) if row.strip()]
        if rows and all(row.startswith(("- ", "• ")) for row in rows):
            items = Markup("").join(Markup("<li>{}</li>").format(row[2:].strip()) for row in rows)
            parts.append(Markup("<ul>{}</ul>").format(items))
        elif rows:
            parts.append(Markup("<p>{}</p>").format(Markup("<br>").join(escape(row) for row in rows)))
    return Markup("\n").join(parts)


FILTERS = {
    "date_vi": date_vi,
    "date_short": date_short,
    "clock": clock,
    "day": day,
    "iso": iso,
    "vnd": vnd,
    "distance": distance,
    "lines": lines,
    "prose": prose,
    "thousands": thousands,
    "size_vi": size_vi,
}
