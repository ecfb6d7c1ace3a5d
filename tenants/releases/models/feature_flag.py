"""Something new that is switched on ring by ring, or tenant by tenant."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class FeatureFlag(models.Model):
    """On for a tenant named in ``tenants_on``, or whose ring is in ``rings`` unless it is in ``tenants_off``."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    rings = ArrayField(models.CharField(max_length=10), default=list)
    tenants_on = ArrayField(models.CharField(max_length=35), default=list)
    tenants_off = ArrayField(models.CharField(max_length=35), default=list)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)
