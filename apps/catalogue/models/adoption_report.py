"""Which tenant runs which version: written by the tenant's own adoption, in the same transaction."""

from django.db import models

from apps.catalogue.models.template_version import TemplateVersion


class AdoptionReport(models.Model):
    """Codes, no foreign key into a tenant: the centre knows that it happened, and nothing of the dossiers."""

    id = models.BigAutoField(primary_key=True)
    tenant_code = models.CharField(max_length=40)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="adoptions")
    overridden = models.BooleanField(default=False)
    in_force_from = models.DateField()
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["tenant_code", "version"], name="adoption_by_tenant")]
