"""Something in an imported record that the law does not let a program decide."""

from django.db import models
from django.db.models import Q

from apps.catalogue.enums import FindingKind
from apps.catalogue.models.template_version import TemplateVersion


class ImportFinding(models.Model):
    """Open until a person confirms it; a draft with an open one cannot be published."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=30, choices=FindingKind)
    place = models.CharField(max_length=200)
    seen = models.JSONField(default=dict)  # what the source says, word for word
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "place"], name="finding_is_reported_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | Q(confirmed_at__isnull=False) & ~Q(confirmed_by=""),
                name="confirmed_finding_says_by_whom",
            ),
        ]
