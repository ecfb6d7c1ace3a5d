"""The words of documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """Forms of TT 03/2025/TT-VPCP, Phụ lục I, that this room issues."""

    RECEIPT = "01", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT = "02", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "03", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    STOP = "05", _("Thông báo dừng giải quyết hồ sơ")


class Paper(models.TextChoices):
    A4 = "A4", "A4"
    A5 = "A5", "A5"
