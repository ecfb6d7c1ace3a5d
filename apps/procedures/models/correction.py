"""Words of an adopted version that were put right by a later one, for dossiers that are still open."""

from django.db import models

from apps.procedures.models.adopted_version import AdoptedVersion


class Correction(models.Model):
    """Never a limit, a fee or a required paper: see correcting.py. The newest of a path counts."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(AdoptedVersion, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=500)
    value = models.TextField()
    from_version = models.ForeignKey(AdoptedVersion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
