"""To which ring of tenants a published version is open: trial, evaluation, everywhere."""

from django.db import models
from django.db.models import Q

from apps.catalogue.models.template_version import TemplateVersion
from tenants.registry.enums import Ring


class VersionOffer(models.Model):
    """Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE. What has been offered may have been adopted."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="offers")
    ring = models.CharField(max_length=10, choices=Ring)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "ring"], name="version_is_offered_once_a_ring"),
            models.CheckConstraint(condition=Q(ring__in=Ring.values), name="offer_ring_is_known"),
        ]
