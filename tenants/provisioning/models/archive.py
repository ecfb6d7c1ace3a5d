"""An export of one tenant that was made."""

from django.db import models


class Archive(models.Model):
    """``path`` is where the operator had it written; the archive itself carries its manifest with all hashes."""

    id = models.BigAutoField(primary_key=True)
    tenant = models.ForeignKey("registry.Tenant", on_delete=models.PROTECT, related_name="archives")
    path = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    rows = models.BigIntegerField()
    files = models.BigIntegerField()
    release = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=120)
