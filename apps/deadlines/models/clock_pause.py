"""A stretch of time that does not count."""

from django.db import models
from django.db.models import F, Q

from apps.deadlines.enums import PauseReason, values_of


class ClockPause(models.Model):
    id = models.BigAutoField(primary_key=True)
    clock = models.ForeignKey("deadlines.Clock", on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=10)
    ground = models.CharField(max_length=500)
    paused_at = models.DateTimeField()
    paused_by = models.CharField(max_length=120)
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(resumed_at__isnull=True), name="one_open_pause_a_clock"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=values_of(PauseReason)), name="pause_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True) | Q(resumed_at__gte=F("paused_at")),
                name="pause_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="pause_has_a_ground"),
        ]
