"""A tenant's own word of why it has not adopted a version yet, and until when."""

from django.db import models
from django.db.models import Q

from apps.catalogue.enums import DeferralReason
from apps.catalogue.models.template_version import TemplateVersion


class AdoptionDeferral(models.Model):
    """Written by the tenant about itself; what it said before stands in its own trail.

    ``until``: the day by which it means to adopt. ``ended_at``: adopted, or taken back. It
    moves no deadline of the centre's.
    """

    id = models.BigAutoField(primary_key=True)
    tenant_code = models.CharField(max_length=40)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="deferrals")
    reason = models.CharField(max_length=20, choices=DeferralReason)
    words = models.TextField(blank=True)
    until = models.DateField()
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_code", "version"], name="deferral_is_said_once_a_tenant"),
            models.CheckConstraint(
                condition=Q(reason__in=DeferralReason.values), name="deferral_reason_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason=DeferralReason.OTHER) | ~Q(words=""), name="other_deferral_says_what"
            ),
        ]
