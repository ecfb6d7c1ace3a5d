"""Words of adoption."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AdoptedState(models.TextChoices):
    ACTIVE = "ACTIVE", _("Đang áp dụng")
    RETIRED = "RETIRED", _("Thôi áp dụng")


class UnitRole(models.TextChoices):
    RECEIVING = "RECEIVING", _("Cơ quan tiếp nhận")
    COMPETENT = "COMPETENT", _("Cơ quan có thẩm quyền giải quyết")
    SUPPORTING = "SUPPORTING", _("Cơ quan phối hợp")


class UnitRule(models.TextChoices):
    """How the unit of a role is found when a dossier comes in."""

    CHOSEN_UNIT = "CHOSEN_UNIT", _("Đơn vị được chọn")
    RECEIVING_UNIT = "RECEIVING_UNIT", _("Chính nơi tiếp nhận")
    SAME_COMMUNE = "SAME_COMMUNE", _("Ủy ban nhân dân cấp xã của nơi tiếp nhận")


class Slot(models.TextChoices):
    """What a template may leave to the tenant."""

    LIMIT = "limit", _("thời hạn ngắn hơn")
    FEE = "fee", _("mức phí, lệ phí")
    UNITS = "units", _("đơn vị thực hiện")
    COMPONENT = "component", _("thành phần hồ sơ thêm")
