"""Words of time limits: what is stored. ``label_of`` is what a person reads."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LimitUnit(StrEnum):
    """As the national database has them; its fifth, OTHER, is free text and no rule."""

    WORKING_DAY = "WORKING_DAY"
    DAY = "DAY"
    HOUR = "HOUR"
    MONTH = "MONTH"


class StartRule(StrEnum):
    NEXT_DAY = "NEXT_DAY"
    SAME_DAY = "SAME_DAY"
    NOW = "NOW"


class PauseReason(StrEnum):
    """National statuses 5 and 6. Nothing else stops the clock."""

    SUPPLEMENT = "SUPPLEMENT"
    PAYMENT = "PAYMENT"


class DayKind(StrEnum):
    OFF = "OFF"
    WORK = "WORK"


class DayScope(StrEnum):
    """The narrower beats the wider: unit, province (the whole tenant), nation."""

    NATIONAL = "NATIONAL"
    PROVINCE = "PROVINCE"
    UNIT = "UNIT"


class DaySource(StrEnum):
    DECREE = "DECREE"
    SEED = "SEED"
    LOCAL = "LOCAL"


class VersionCause(StrEnum):
    """Why a due date gave way to another."""

    RESUMED = "RESUMED"
    EXTENDED = "EXTENDED"
    CALENDAR = "CALENDAR"


_LABELS: dict[StrEnum, str | Promise] = {
    LimitUnit.WORKING_DAY: _("ngày làm việc"),
    LimitUnit.DAY: _("ngày"),
    LimitUnit.HOUR: _("giờ làm việc"),
    LimitUnit.MONTH: _("tháng"),
    StartRule.NEXT_DAY: _("Tính từ ngày tiếp theo ngày tiếp nhận"),
    StartRule.SAME_DAY: _("Tính ngay trong ngày tiếp nhận"),
    StartRule.NOW: _("Tính từ thời điểm tiếp nhận"),
    PauseReason.SUPPLEMENT: _("chờ bổ sung giấy tờ"),
    PauseReason.PAYMENT: _("chờ thực hiện nghĩa vụ tài chính"),
    DayKind.OFF: _("Ngày nghỉ"),
    DayKind.WORK: _("Ngày làm bù"),
    DayScope.NATIONAL: _("Cả nước"),
    DayScope.PROVINCE: _("Toàn tỉnh, toàn ngành"),
    DayScope.UNIT: _("Một đơn vị"),
    DaySource.DECREE: _("Theo văn bản"),
    DaySource.SEED: _("Dữ liệu gốc, chưa đối chiếu văn bản"),
    DaySource.LOCAL: _("Địa phương tự nhập"),
    VersionCause.RESUMED: _("Tiếp tục sau khi tạm dừng"),
    VersionCause.EXTENDED: _("Gia hạn"),
    VersionCause.CALENDAR: _("Lịch làm việc thay đổi"),
}


def label_of(word: StrEnum) -> str:
    return str(_LABELS[word])


def values_of(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]
