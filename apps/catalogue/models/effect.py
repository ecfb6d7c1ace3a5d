"""What a version would do before it is done: asked once by the centre, answered by each tenant for itself."""

from django.db import models
from django.db.models import Q

from apps.catalogue.models.template_version import TemplateVersion


class EffectRequest(models.Model):
    """``content_sha256``: of the wording that was asked about. Another wording needs another question."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="effect_requests")
    content_sha256 = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)


class EffectReport(models.Model):
    """A tenant's numbers: counts and ids of the catalogue, never a dossier's code or a person's data.

    ``figures`` has the shape of effect_figures.py; empty until the tenant has answered.
    """

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(EffectRequest, on_delete=models.CASCADE, related_name="reports")
    tenant_code = models.CharField(max_length=40)
    figures = models.JSONField(default=dict)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "tenant_code"], name="effect_is_reported_once"),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, figures={})
                | Q(reported_at__isnull=False) & ~Q(figures={}),
                name="reported_effect_has_figures",
            ),
        ]
