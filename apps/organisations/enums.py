"""Words of the tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    PROVINCE = "PROVINCE", _("UBND tỉnh, thành phố")
    MINISTRY = "MINISTRY", _("Bộ, ngành")
    DEPARTMENT = "DEPARTMENT", _("Sở, ban, ngành; vụ, cục")
    DIVISION = "DIVISION", _("Phòng, chi nhánh")
    COMMUNE = "COMMUNE", _("UBND xã, phường, đặc khu")
    CENTRE = "CENTRE", _("Trung tâm Phục vụ hành chính công")
