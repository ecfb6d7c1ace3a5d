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


class StepMove(models.TextChoices):
    """The legal moves that a step may ask for (``mc:move``).

    Those of apps.dossiers that are open while a dossier is processed; this room
    does not know that one, so tests/apps/workflow holds the two equal. The step
    only asks: apps.dossiers.lifecycle decides.
    """

    REQUEST_SUPPLEMENT = "REQUEST_SUPPLEMENT", _("Yêu cầu bổ sung")
    REQUEST_PAYMENT = "REQUEST_PAYMENT", _("Yêu cầu nộp tiền")
    REQUEST_WITHDRAWAL = "REQUEST_WITHDRAWAL", _("Ghi nhận yêu cầu rút hồ sơ")
    STOP = "STOP", _("Dừng giải quyết")
    FINISH = "FINISH", _("Kết thúc xử lý")
