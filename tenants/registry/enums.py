"""Words of the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TenantKind(models.TextChoices):
    PROVINCE = "PROVINCE", _("Tỉnh, thành phố")
    MINISTRY = "MINISTRY", _("Bộ, ngành")
    CENTRAL = "CENTRAL", _("Trung ương")


class TenantState(models.TextChoices):
    READY = "READY", _("Đang hoạt động")
    SUSPENDED = "SUSPENDED", _("Tạm ngừng")
