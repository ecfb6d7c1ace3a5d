"""Words of time limits. A label is what a person reads; a value is what is stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LimitUnit(models.TextChoices):
    """As the national database has them; its fifth, OTHER, is free text and no rule."""

    WORKING_DAY = "WORKING_DAY", _("ngày làm việc")
    DAY = "DAY", _("ngày")
    HOUR = "HOUR", _("giờ làm việc")
    MONTH = "MONTH", _("tháng")


class StartRule(models.TextChoices):
    NEXT_DAY = "NEXT_DAY", _("Tính từ ngày tiếp theo ngày tiếp nhận")
    SAME_DAY = "SAME_DAY", _("Tính ngay trong ngày tiếp nhận")
    NOW = "NOW", _("Tính từ thời điểm tiếp nhận")


class PauseReason(models.TextChoices):
    """National statuses 5 and 6. Nothing else stops the clock."""

    SUPPLEMENT = "SUPPLEMENT", _("chờ bổ sung giấy tờ")
    PAYMENT = "PAYMENT", _("chờ thực hiện nghĩa vụ tài chính")


class DayKind(models.TextChoices):
    OFF = "OFF", _("Ngày nghỉ")
    WORK = "WORK", _("Ngày làm bù")


class DayScope(models.TextChoices):
    """The narrower beats the wider: unit, province (the whole tenant), nation."""

    NATIONAL = "NATIONAL", _("Cả nước")
    PROVINCE = "PROVINCE", _("Toàn tỉnh, toàn ngành")
    UNIT = "UNIT", _("Một đơn vị")


class DaySource(models.TextChoices):
    DECREE = "DECREE", _("Theo văn bản")
    SEED = "SEED", _("Dữ liệu gốc, chưa đối chiếu văn bản")
    LOCAL = "LOCAL", _("Địa phương tự nhập")


class VersionCause(models.TextChoices):
    """Why a due date gave way to another."""

    RESUMED = "RESUMED", _("Tiếp tục sau khi tạm dừng")
    EXTENDED = "EXTENDED", _("Gia hạn")
    CALENDAR = "CALENDAR", _("Lịch làm việc thay đổi")
