"""Words of the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TenantKind(models.TextChoices):
    PROVINCE = "PROVINCE", _("Tỉnh, thành phố")
    MINISTRY = "MINISTRY", _("Bộ, ngành")
    CENTRAL = "CENTRAL", _("Trung ương")


class TenantState(models.TextChoices):
    """What a tenant's host answers; see tenants/registry/standing.py."""

    PREPARING = "PREPARING", _("Đang chuẩn bị")  # its own people come in, the public and programs do not yet
    READY = "READY", _("Đang hoạt động")
    READ_ONLY = "READ_ONLY", _("Chỉ xem")
    SUSPENDED = "SUSPENDED", _("Tạm ngừng")
    RETIRED = "RETIRED", _("Đã thôi hoạt động")


class Ring(models.TextChoices):
    """In which turn a tenant gets what is new: trial, evaluation, everywhere."""

    PILOT = "PILOT", _("Thí điểm")
    EARLY = "EARLY", _("Sớm")
    GENERAL = "GENERAL", _("Toàn quốc")
