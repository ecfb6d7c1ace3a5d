"""The script that a tenant is born from."""

from django.db import models


class TemplateScript(models.Model):
    """Dumped once from the template schema at each release; replayed for every new tenant.

    ``pre_sql`` makes tables, functions and sequences, ``post_sql`` indexes,
    constraints and triggers: rows that are taken over whole go between the two.
    ``migrations_sha256`` names the set of migrations it was made with: a script
    whose set is not the code's is stale and is never replayed.
    """

    id = models.BigAutoField(primary_key=True)
    release = models.PositiveIntegerField(unique=True)
    migrations_sha256 = models.CharField(max_length=64)
    pre_sql = models.TextField()
    post_sql = models.TextField()
    created_at = models.DateTimeField()
