"""Every publishing and retiring, for ever."""

from django.db import models

from apps.catalogue.enums import LogAction
from apps.catalogue.models.template_version import TemplateVersion


class PublishLog(models.Model):
    """Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="log")
    action = models.CharField(max_length=10, choices=LogAction)
    content_sha256 = models.CharField(max_length=64)
    effective_from = models.DateField(null=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
