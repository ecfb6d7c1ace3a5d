"""The full record of a procedure as it was last taken over from the national database."""

from django.db import models


class SourceRecord(models.Model):
    """What the next import is held against: a template's own wording has been worked on since."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=60, unique=True)
    record = models.JSONField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120)
