"""What an administrator can change about intake."""

from django.db import models
from django.db.models import Q


class IntakeRules(models.Model):
    """One row a tenant; absent means the defaults below.

    ``code_pattern`` has the places ``{agency}``, ``{day:…}`` (strftime) and
    ``{number:…}``: the format of TT 03/2025/TT-VPCP is not confirmed, and real
    systems differ. ``acceptance_hours`` are working hours to answer an online
    submission.
    """

    DEFAULT_PATTERN = "{agency}-{day:%y%m%d}-{number:04d}"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    code_pattern = models.CharField(max_length=80, default=DEFAULT_PATTERN)
    acceptance_hours = models.PositiveSmallIntegerField(default=8)
    near_due_hours = models.PositiveSmallIntegerField(default=24)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_row_of_intake_rules")]
