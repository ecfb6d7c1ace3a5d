"""Refusals of the deadlines room."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class LimitRuleInvalid(DomainError):
    code = "deadlines.limit_rule_invalid"
    sentence = _("Quy tắc thời hạn không hợp lệ: {reason}")


class CalendarHasNoWorkingTime(DomainError):
    code = "deadlines.no_working_time"
    sentence = _("Không có giờ làm việc nào trong {days} ngày kể từ {date}: hãy khai báo giờ làm việc trước.")
    kind = Kind.CONFLICT


class WorkingHoursInvalid(DomainError):
    code = "deadlines.working_hours_invalid"
    sentence = _("Giờ làm việc không hợp lệ: {reason}")


class CalendarDayTaken(DomainError):
    code = "deadlines.calendar_day_taken"
    sentence = _("Ngày {date} đã có trong lịch ở phạm vi này.")
    kind = Kind.CONFLICT


class CalendarDayNotFound(DomainError):
    code = "deadlines.calendar_day_not_found"
    sentence = _("Không có ngày này trong lịch.")
    kind = Kind.ABSENT


class CalendarDayInvalid(DomainError):
    code = "deadlines.calendar_day_invalid"
    sentence = _("Ngày trong lịch không hợp lệ: {reason}")


class ClockNotFound(DomainError):
    code = "deadlines.clock_not_found"
    sentence = _("Hồ sơ này chưa được tính thời hạn giải quyết.")
    kind = Kind.ABSENT


class ClockAlreadyStarted(DomainError):
    code = "deadlines.clock_already_started"
    sentence = _("Thời hạn giải quyết của hồ sơ này đã được tính từ trước.")
    kind = Kind.CONFLICT


class ClockPaused(DomainError):
    code = "deadlines.clock_paused"
    sentence = _("Thời hạn giải quyết đang tạm dừng.")
    kind = Kind.CONFLICT


class ClockNotPaused(DomainError):
    code = "deadlines.clock_not_paused"
    sentence = _("Thời hạn giải quyết không ở trạng thái tạm dừng.")
    kind = Kind.CONFLICT


class ClockStopped(DomainError):
    code = "deadlines.clock_stopped"
    sentence = _("Thời hạn giải quyết đã kết thúc.")
    kind = Kind.CONFLICT


class TimeRunsBackwards(DomainError):
    code = "deadlines.time_runs_backwards"
    sentence = _("Thời điểm này sớm hơn việc đã ghi nhận trước đó.")
    kind = Kind.CONFLICT


class GroundMissing(DomainError):
    code = "deadlines.ground_missing"
    sentence = _("Phải nêu căn cứ hoặc lý do.")


class PauseReasonUnknown(DomainError):
    code = "deadlines.pause_reason_unknown"
    sentence = _("Thời hạn chỉ tạm dừng khi chờ bổ sung giấy tờ hoặc chờ thực hiện nghĩa vụ tài chính.")


class ExtensionLimitReached(DomainError):
    code = "deadlines.extension_limit_reached"
    sentence = _("Hồ sơ này chỉ được gia hạn {limit} lần và đã dùng hết.")
    kind = Kind.CONFLICT


class ExtensionInvalid(DomainError):
    code = "deadlines.extension_invalid"
    sentence = _("Gia hạn không hợp lệ: {reason}")
