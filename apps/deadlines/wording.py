"""A due date's explanation in sentences, for the desk, the citizen and printed forms. Pure.

Written in the language that is active; names and grounds are data and stay as
they were entered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.deadlines.explanation import Because, Line, LineKind
from apps.deadlines.working_calendar import ZONE

WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """``kind`` is the line's, for an icon or a style; printing it gives the text."""

    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


def sentences(explanation: Iterable[Line]) -> list[Sentence]:
    """One sentence a line, in the order of the lines. A kind that a later release wrote is passed over."""
    return [
        Sentence(line["kind"], SAY[LineKind(line["kind"])](line))
        for line in explanation
        if line["kind"] in LineKind.__members__
    ]


def say_day(day: date) -> str:
    """``thứ Sáu 13/02/2026``"""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def say_moment(value: datetime) -> str:
    """``17:00 thứ Hai 23/02/2026``, in the local time."""
    local = value.astimezone(ZONE)
    return f"{local:%H:%M} {say_day(local.date())}"


def say_amount(amount: int, unit: str) -> str:
    """``10 ngày làm việc``"""
    match unit:
        case "WORKING_DAY":
            return ngettext("{n} ngày làm việc", "{n} ngày làm việc", amount).format(n=amount)
        case "HOUR":
            return ngettext("{n} giờ làm việc", "{n} giờ làm việc", amount).format(n=amount)
        case "MONTH":
            return ngettext("{n} tháng", "{n} tháng", amount).format(n=amount)
        case _:
            return ngettext("{n} ngày", "{n} ngày", amount).format(n=amount)


def say_minutes(minutes: int) -> str:
    """``7 giờ 30 phút``, ``45 phút``"""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{n} phút").format(n=rest)
    if not rest:
        return _("{n} giờ").format(n=hours)
    return _("{hours} giờ {rest} phút").format(hours=hours, rest=rest)


def _rule(line: Line) -> str:
    text = _("Thời hạn giải quyết: {amount}").format(amount=say_amount(line["amount"], line["unit"]))
    return _closed(text, line["ground"])


def _start(line: Line) -> str:
    received, day = say_moment(_moment(line["at"])), say_day(_day(line["day"]))
    match line["because"]:
        case Because.SAME_DAY:
            text = _("Tiếp nhận lúc {received}; tính ngay trong ngày tiếp nhận.")
        case Because.AFTER_CUTOFF:
            text = _("Tiếp nhận lúc {received}, sau giờ chốt nhận trong ngày; tính từ {day}.")
        case Because.AFTER_HOURS:
            text = _("Tiếp nhận lúc {received}, sau giờ làm việc; tính từ {day}.")
        case Because.DAY_OFF:
            text = _("Tiếp nhận lúc {received}, vào ngày nghỉ; tính từ {day}.")
        case Because.NOW:
            text = _("Tiếp nhận lúc {received}; tính từ thời điểm này, trong giờ làm việc.")
        case _:
            text = _("Tiếp nhận lúc {received}; tính từ ngày tiếp theo, {day}.")
    return text.format(received=received, day=day)


def _skipped(line: Line) -> str:
    days = _stretch(line)
    if line["why"] == "WEEKLY":
        return _("Không tính {days}: ngày nghỉ hằng tuần.").format(days=days)
    if line["scope"] == "UNIT":
        text = _("Không tính {days}: đơn vị nghỉ, {name}")
    elif line["scope"] == "PROVINCE":
        text = _("Không tính {days}: địa phương nghỉ, {name}")
    else:
        text = _("Không tính {days}: {name}")
    return _closed(text.format(days=days, name=line["name"]), line["ground"])


def _worked(line: Line) -> str:
    text = _("Có tính {day}: {name}").format(day=say_day(_day(line["date"])), name=line["name"])
    return _closed(text, line["ground"])


def _last_day_moved(line: Line) -> str:
    return _(
        "Ngày cuối của thời hạn là {day}, ngày nghỉ; chuyển sang {to} là ngày làm việc tiếp theo."
    ).format(day=say_day(_day(line["date"])), to=say_day(_day(line["to"])))


def _pause(line: Line) -> str:
    since, reason = say_moment(_moment(line["at"])), _reason(line["reason"])
    if line["to"] is None:
        text = _("Tạm dừng từ {since}, {reason}; thời gian chờ sẽ không tính vào thời hạn").format(
            since=since, reason=reason
        )
    elif line["minutes"]:
        text = _("Tạm dừng từ {since} đến {until}, {reason}; trả lại {time} làm việc").format(
            since=since,
            until=say_moment(_moment(line["to"])),
            reason=reason,
            time=say_minutes(line["minutes"]),
        )
    else:
        text = _("Tạm dừng từ {since} đến {until}, {reason}; không có giờ làm việc nào phải trả lại").format(
            since=since, until=say_moment(_moment(line["to"])), reason=reason
        )
    return _closed(text, line["ground"])


def _reason(reason: str) -> str:
    if reason == "PAYMENT":
        return _("chờ thực hiện nghĩa vụ tài chính")
    return _("chờ bổ sung giấy tờ")


def _extension(line: Line) -> str:
    approved, due = line["approved_by"], say_moment(_moment(line["due_at"]))
    if line["until"] is None:
        text = _("Gia hạn thêm {amount} theo quyết định của {approved_by}; hạn mới {due}").format(
            amount=say_amount(line["amount"], line["unit"] or "WORKING_DAY"), approved_by=approved, due=due
        )
    else:
        text = _("Gia hạn theo quyết định của {approved_by}; hạn mới {due}").format(
            approved_by=approved, due=due
        )
    return _closed(text, line["ground"])


def _unpublished(line: Line) -> str:
    return _("Lịch nghỉ năm {year} chưa có; hạn này có thể được tính lại khi lịch được công bố.").format(
        year=line["year"]
    )


def _due(line: Line) -> str:
    return _("Hạn trả kết quả: {due}.").format(due=say_moment(_moment(line["at"])))


SAY: dict[LineKind, Callable[[Line], str]] = {
    LineKind.RULE: _rule,
    LineKind.START: _start,
    LineKind.DAY_SKIPPED: _skipped,
    LineKind.DAY_WORKED: _worked,
    LineKind.LAST_DAY_MOVED: _last_day_moved,
    LineKind.PAUSE: _pause,
    LineKind.EXTENSION: _extension,
    LineKind.YEAR_UNPUBLISHED: _unpublished,
    LineKind.DUE: _due,
}


def _stretch(line: Line) -> str:
    first, last = _day(line["date"]), _day(line["to"])
    if first == last:
        return say_day(first)
    return _("{first} đến {last}").format(first=say_day(first), last=say_day(last))


def _closed(text: str, ground: str) -> str:
    return f"{text} ({ground})." if ground else f"{text}."


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
