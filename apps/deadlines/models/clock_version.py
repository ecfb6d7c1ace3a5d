"""A due date that was, with its explanation."""

from django.db import models

from apps.deadlines.enums import VersionCause, values_of


class ClockVersion(models.Model):
    """Written when another takes its place; the one in force stands on the clock."""

    id = models.BigAutoField(primary_key=True)
    clock = models.ForeignKey("deadlines.Clock", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    explanation = models.JSONField()
    calendar_known_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    replaced_by = models.CharField(max_length=120)
    cause = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "number"], name="one_clock_version_a_number"),
            models.CheckConstraint(
                condition=models.Q(cause__in=values_of(VersionCause)), name="version_cause_is_known"
            ),
        ]
