"""The clock of one subject."""

from django.db import models
from django.db.models import F, Q

from apps.deadlines.enums import PauseReason, values_of


class Clock(models.Model):
    """From when, by which rule, until when, and why.

    ``explanation`` is what people are shown. ``calendar_known_at`` and
    ``unit_chain`` (the unit and those above it, nearest first) say which
    calendar was used; ClockVersion keeps what it said before.
    """

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField(unique=True)
    rule = models.JSONField()
    # No index: units are not deleted, and nothing lists clocks by unit.
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, db_index=False, related_name="+")
    unit_chain = models.JSONField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    explanation = models.JSONField()
    calendar_known_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=10, blank=True, default="")
    extension_count = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What a change of the calendar concerns: small, since a finished clock leaves it.
            models.Index(
                fields=["calendar_known_at"],
                condition=Q(stopped_at__isnull=True),
                name="clock_open_by_calendar",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("started_at")), name="clock_is_due_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, pause_reason="")
                | Q(paused_at__gte=F("started_at"), pause_reason__in=values_of(PauseReason)),
                name="clock_pauses_after_its_start_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("started_at")),
                name="clock_stops_after_its_start",
            ),
        ]
