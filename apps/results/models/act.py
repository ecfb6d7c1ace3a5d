"""One act on a result."""

from django.db import models
from django.db.models import Q

from apps.results.enums import ActKind


class Act(models.Model):
    """Immutable, once for each result and kind.

    ``done_by_name`` is who did it (who signed); ``recorded_by_*`` is who told the
    house. ``evidence`` is JSON: the number, the ground, the signature's facts.
    """

    id = models.BigAutoField(primary_key=True)
    result = models.ForeignKey("results.Result", on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=8, choices=ActKind)
    done_at = models.DateTimeField()
    done_by_name = models.CharField(max_length=120)
    evidence = models.JSONField(default=dict)
    hand_over = models.ForeignKey(
        "results.HandOver", on_delete=models.PROTECT, null=True, related_name="acts"
    )
    recorded_at = models.DateTimeField()
    recorded_by_kind = models.CharField(max_length=10)
    recorded_by_id = models.BigIntegerField(null=True)
    recorded_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result", "kind"], name="act_once_per_result"),
            models.CheckConstraint(condition=Q(kind__in=ActKind.values), name="act_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="DELIVER", hand_over__isnull=False)
                | (~Q(kind="DELIVER") & Q(hand_over__isnull=True)),
                name="act_of_delivery_points_to_its_hand_over",
            ),
        ]
