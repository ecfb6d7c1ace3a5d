"""A request to complete the dossier (form 02)."""

from django.db import models
from django.db.models import F, Q

from apps.dossiers.enums import SupplementStage


class Supplement(models.Model):
    """Listed once and in full. ``approved_by_name`` is set where it goes past the limit of the procedure."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="supplements")
    stage = models.CharField(max_length=10, choices=SupplementStage)
    items = models.JSONField()
    reason = models.TextField()
    ground = models.CharField(max_length=300)
    requested_at = models.DateTimeField()
    requested_by_name = models.CharField(max_length=120)
    approved_by_name = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField(null=True)
    received_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(received_at__isnull=True),
                name="one_open_supplement_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("requested_at")),
                name="supplement_is_received_after_it_was_asked_for",
            ),
        ]
