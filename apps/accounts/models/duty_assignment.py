"""One duty of one person, and how far it reaches."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from apps.accounts.enums import Duty


class DutyAssignment(models.Model):
    """Covers ``unit`` and everything below it; null procedure or step means every one.

    Ended on the day it began, its last day is the day before: it was in force on none.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="assignments")
    duty = models.CharField(max_length=20, choices=Duty)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=40, null=True)  # noqa: DJ001 - null is "every procedure"
    step_key = models.CharField(max_length=100, null=True)  # noqa: DJ001 - null is "every step"
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # last day

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="duty_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - timedelta(days=1)),
                name="duty_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "duty", "unit", "procedure_code", "step_key"],
                condition=Q(valid_to__isnull=True),
                nulls_distinct=False,
                name="duty_is_open_once_a_scope",
            ),
        ]
        indexes = [models.Index(fields=["duty", "unit"], name="duty_by_unit")]
