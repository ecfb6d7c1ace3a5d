"""More time, by somebody's decision."""

from django.db import models
from django.db.models import Q

from apps.deadlines.enums import LimitUnit, values_of


class ClockExtension(models.Model):
    """Either ``amount`` of ``unit``, or ``until`` a moment."""

    id = models.BigAutoField(primary_key=True)
    clock = models.ForeignKey("deadlines.Clock", on_delete=models.CASCADE, related_name="extensions")
    granted_at = models.DateTimeField()
    amount = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=11, blank=True, default="")
    until = models.DateTimeField(null=True)
    ground = models.CharField(max_length=500)
    approved_by = models.CharField(max_length=120)  # whose decision it is
    entered_by_id = models.BigIntegerField(null=True)  # who carried it out
    entered_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=1, until__isnull=True, unit__in=values_of(LimitUnit))
                | Q(amount__isnull=True, until__isnull=False, unit=""),
                name="extension_is_an_amount_or_a_moment",
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="extension_has_a_ground"),
        ]
