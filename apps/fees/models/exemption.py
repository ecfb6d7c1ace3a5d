"""That somebody belongs to a group which is spared something: who said so, who decided, on which ground."""

from django.db import models
from django.db.models import Q

from apps.fees.enums import ExemptionState


class Exemption(models.Model):
    """One a subject. Name, ground and evidence as they stood in the rules on the day it was said.

    While it is only claimed, the lines of the subject are whole; they follow what
    is confirmed. Personal data: that somebody is poor, or served in a war.
    """

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField()
    group_key = models.CharField(max_length=60)
    group_name = models.CharField(max_length=250)
    legal_ground = models.TextField()
    evidence = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ExemptionState)
    said_by_kind = models.CharField(max_length=10)
    said_by_id = models.BigIntegerField(null=True)
    said_by_name = models.CharField(max_length=120)
    said_at = models.DateTimeField()
    decided_by_kind = models.CharField(max_length=10, blank=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id"], name="exemption_once_per_subject"),
            models.CheckConstraint(
                condition=Q(state__in=ExemptionState.values), name="exemption_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ExemptionState.CLAIMED, decided_at__isnull=True, decided_by_name="")
                | (~Q(state=ExemptionState.CLAIMED) & Q(decided_at__isnull=False) & ~Q(decided_by_name="")),
                name="exemption_is_decided_by_somebody_or_claimed",
            ),
            models.CheckConstraint(condition=~Q(legal_ground=""), name="exemption_has_a_ground"),
        ]
