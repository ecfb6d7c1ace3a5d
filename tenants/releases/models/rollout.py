"""One release on its way through the fleet."""

from django.db import models
from django.db.models import Q

from tenants.releases.enums import ACTIVE_STATES, RolloutState, Stage


class Rollout(models.Model):
    """At most one is active: a second start is refused by the database.

    ``stage`` is where it stands; ``passed`` lists the stages whose gate let it on,
    by itself or by a person with a reason. ``beat_at`` is the runner's sign of life.
    """

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="rollouts")
    state = models.CharField(max_length=10, choices=RolloutState)
    stage = models.CharField(max_length=10, choices=Stage)
    passed = models.JSONField(default=list)
    parallel = models.PositiveSmallIntegerField(default=4)
    soak_seconds = models.PositiveIntegerField(default=0)  # how long a stage is watched before its gate
    rehearse = models.BooleanField(default=True)
    facts = models.JSONField(default=dict)  # what came of the rehearsal; failures that a person has accepted
    why = models.TextField(blank=True)  # of the present state, in words
    started_by = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.ExpressionWrapper(Q(state__in=ACTIVE_STATES), output_field=models.BooleanField()),
                condition=Q(state__in=ACTIVE_STATES),
                name="one_rollout_is_active",
            ),
            models.CheckConstraint(condition=Q(state__in=RolloutState.values), name="rollout_state_is_known"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="rollout_stage_is_known"),
        ]
