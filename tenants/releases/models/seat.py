"""One tenant's line on the board of a rollout."""

from django.db import models
from django.db.models import Q

from tenants.releases.enums import SeatState, Stage


class Seat(models.Model):
    """``error`` is the kind of failure and where, never a value of a row.

    ``note`` keeps the last key of each backfill, so that a rerun goes on behind it.
    """

    id = models.BigAutoField(primary_key=True)
    rollout = models.ForeignKey("releases.Rollout", on_delete=models.CASCADE, related_name="seats")
    tenant = models.ForeignKey("registry.Tenant", on_delete=models.PROTECT, related_name="seats")
    stage = models.CharField(max_length=10, choices=Stage)
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=15, choices=SeatState, default=SeatState.WAITING)
    from_release = models.PositiveIntegerField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    note = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    milliseconds = models.FloatField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rollout", "tenant"], name="tenant_has_one_seat_a_rollout"),
            models.CheckConstraint(condition=Q(state__in=SeatState.values), name="seat_state_is_known"),
        ]
        indexes = [models.Index(fields=["rollout", "stage", "state", "position"], name="seat_by_turn")]
