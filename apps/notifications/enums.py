"""Words of sending words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    SUBMITTED = "SUBMITTED", _("Đã nhận hồ sơ nộp")
    ACCEPTED = "ACCEPTED", _("Đã tiếp nhận")
    REFUSED = "REFUSED", _("Không tiếp nhận")
    SUPPLEMENT_ASKED = "SUPPLEMENT_ASKED", _("Yêu cầu bổ sung")
    PAYMENT_ASKED = "PAYMENT_ASKED", _("Yêu cầu nộp phí")
    STOPPED = "STOPPED", _("Dừng giải quyết")
    FINISHED = "FINISHED", _("Đã có kết quả")
    RETURNED = "RETURNED", _("Đã trả kết quả")


class MessageChannel(models.TextChoices):
    PAGE = "PAGE", _("Trang tra cứu")  # read where the dossier is tracked; nothing leaves the house
    EMAIL = "EMAIL", _("Thư điện tử")


class MessageState(models.TextChoices):
    SHOWN = "SHOWN", _("Hiện trên trang tra cứu")
    WAITING = "WAITING", _("Chờ gửi")
    SENT = "SENT", _("Đã gửi")
    FAILED = "FAILED", _("Không gửi được")
