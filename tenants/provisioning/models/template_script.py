"""The script that a tenant is born from."""

from django.db import models


class TemplateScript(models.Model):
    """Dumped once from the migrated template schema; replayed for every new tenant.

    ``migrations_sha256`` names the set of applied migrations it was dumped at:
    a script whose set is not the code's is stale and is never replayed.
    """

    id = models.BigAutoField(primary_key=True)
    migrations_sha256 = models.CharField(max_length=64, unique=True)
    sql = models.TextField()
    created_at = models.DateTimeField()
