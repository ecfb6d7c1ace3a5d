"""One event that waits to be delivered, or was."""

from django.db import models
from django.db.models import F, Q


class OutboxEvent(models.Model):
    """A row of the same transaction as the change it tells of.

    ``next_attempt_at`` is null once delivered or given up, so that the index of
    what waits stays small. ``delivered`` lists the subscribers that are done: a
    retry calls only those that are left.
    """

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered = models.JSONField(default=list)
    delivered_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                F("next_attempt_at"),
                F("id"),
                condition=Q(next_attempt_at__isnull=False),
                name="outbox_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_attempt_at__isnull=False, delivered_at__isnull=True, gave_up_at__isnull=True)
                | Q(next_attempt_at__isnull=True, delivered_at__isnull=False, gave_up_at__isnull=True)
                | Q(next_attempt_at__isnull=True, delivered_at__isnull=True, gave_up_at__isnull=False),
                name="outbox_event_waits_or_ended_one_way",
            ),
        ]
