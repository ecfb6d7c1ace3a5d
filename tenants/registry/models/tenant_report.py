"""What a tenant last told the centre of itself: numbers only."""

from django.db import models


class TenantReport(models.Model):
    """One row a tenant, written over every few minutes. What is told is the watchers' to say, in a room above.

    Counts and seconds, never a name or a code of anybody's dossier.
    """

    tenant = models.OneToOneField(
        "registry.Tenant", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    at = models.DateTimeField()
    figures = models.JSONField()
