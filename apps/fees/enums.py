"""The words of fees."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeeKind(models.TextChoices):
    """As the national procedure database names them; the law differs in who may waive which."""

    FEE = "FEE", _("Phí")
    SERVICE_FEE = "SERVICE_FEE", _("Lệ phí")
    PRICE = "PRICE", _("Giá dịch vụ")


class FeeDue(models.TextChoices):
    """By which moment in the life of a dossier a line is to be paid."""

    INTAKE = "INTAKE", _("Khi nộp hồ sơ")
    PROCESSING = "PROCESSING", _("Trong quá trình giải quyết")
    RETURN = "RETURN", _("Khi nhận kết quả")


class FeePer(models.TextChoices):
    DOSSIER = "DOSSIER", _("Hồ sơ")
    COPY = "COPY", _("Bản")


class PaymentMethod(models.TextChoices):
    CASH = "CASH", _("Tiền mặt")
    TRANSFER = "TRANSFER", _("Chuyển khoản")
    ONLINE = "ONLINE", _("Trực tuyến")


class ExemptionState(models.TextChoices):
    """Said by the applicant or by a program; a clerk who has seen the papers confirms it or does not."""

    CLAIMED = "CLAIMED", _("Chờ xác nhận")
    CONFIRMED = "CONFIRMED", _("Đã xác nhận")
    DECLINED = "DECLINED", _("Không được xác nhận")
