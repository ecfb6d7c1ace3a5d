"""The normal week of a unit, or of the whole tenant, from a date on."""

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact


class WorkingHours(models.Model):
    """``week`` is seven lists, Monday first, of ranges ``["07:30", "11:30"]``; null: as the unit above.

    A row is never changed: a new one takes its place and this one is withdrawn,
    so the calendar can be read as it was known at any moment.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    week = models.JSONField(null=True)
    ground = models.CharField(max_length=300, blank=True)
    known_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="one_week_a_unit_and_date",
            ),
            models.CheckConstraint(
                condition=Q(week__isnull=True) | Q(Exact(Func(F("week"), function="jsonb_array_length"), 7)),
                name="a_week_has_seven_days",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=F("known_at")),
                name="hours_are_withdrawn_after_they_were_known",
            ),
        ]
