"""Words of the flow."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    RUNNING = "RUNNING", _("Đang chạy")
    FINISHED = "FINISHED", _("Đã xong")
    CANCELLED = "CANCELLED", _("Đã hủy")


class StepState(models.TextChoices):
    OPEN = "OPEN", _("Đang xử lý")
    DONE = "DONE", _("Đã hoàn thành")
    CANCELLED = "CANCELLED", _("Đã hủy")


class UnitRole(models.TextChoices):
    """Who a step's ``mc:unit`` may stand for; resolved for each dossier when its run starts."""

    RECEIVING = "RECEIVING", _("Nơi tiếp nhận")
    COMPETENT = "COMPETENT", _("Cơ quan có thẩm quyền")
    SUPPORTING = "SUPPORTING", _("Cơ quan phối hợp")
