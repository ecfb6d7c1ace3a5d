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
    PROBE = "PROBE", _("Đơn vị kiểm tra hệ thống")  # the platform's own, in no list and no count


# What people see and choose among.
REAL_KINDS = tuple(kind for kind in UnitKind if kind != UnitKind.PROBE)


class CodeSystem(models.TextChoices):
    """In which list of codes an alias stands."""

    QD20 = "QD20", _("Quyết định 20/2020/QĐ-TTg")  # H21.24.01, also one that is no longer in force
    QCVN102 = "QCVN102", _("QCVN 102:2016/BTTTT")  # 000.01.24.H21
    GSO = "GSO", _("Danh mục đơn vị hành chính (thống kê)")
    LOCAL = "LOCAL", _("Mã riêng của địa phương")
