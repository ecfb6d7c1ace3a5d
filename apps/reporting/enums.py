"""How a tenant is doing, in one word."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HealthState(models.TextChoices):
    GOOD = "GOOD", _("Tốt")
    WATCH = "WATCH", _("Cần xem")
    BAD = "BAD", _("Có sự cố")
    SILENT = "SILENT", _("Không báo về")
