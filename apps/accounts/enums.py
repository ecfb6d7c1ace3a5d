"""The twelve duties of an officer of the one-stop-shop. No duty contains another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    SUPPORT = "SUPPORT", _("Hỗ trợ người dân")
    RECEPTION = "RECEPTION", _("Tiếp nhận hồ sơ")
    CASHIER = "CASHIER", _("Thu phí, lệ phí")
    SPECIALIST = "SPECIALIST", _("Chuyên viên thụ lý")
    DIVISION_HEAD = "DIVISION_HEAD", _("Lãnh đạo phòng")
    SIGNATORY = "SIGNATORY", _("Lãnh đạo ký")
    REGISTRY_CLERK = "REGISTRY_CLERK", _("Văn thư")
    RETURN_CLERK = "RETURN_CLERK", _("Trả kết quả")
    PROCEDURE_CONTROLLER = "PROCEDURE_CONTROLLER", _("Đầu mối kiểm soát thủ tục hành chính")
    SUPERVISOR = "SUPERVISOR", _("Điều hành, giám sát")
    UNIT_ADMIN = "UNIT_ADMIN", _("Quản trị đơn vị")
    TECHNICIAN = "TECHNICIAN", _("Kỹ thuật")
