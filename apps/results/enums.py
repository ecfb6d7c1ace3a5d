"""The words of results."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    """NĐ 30/2020/NĐ-CP: signing, numbering and issuing are acts of different people."""

    APPROVE = "APPROVE", _("Phê duyệt")
    SIGN = "SIGN", _("Ký")
    NUMBER = "NUMBER", _("Cấp số")
    ISSUE = "ISSUE", _("Phát hành")
    DELIVER = "DELIVER", _("Trao kết quả")


class HandOverMethod(models.TextChoices):
    DESK = "DESK", _("Tại quầy")
    POST = "POST", _("Qua dịch vụ bưu chính công ích")
    ONLINE = "ONLINE", _("Trực tuyến")
