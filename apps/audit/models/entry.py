"""One line of the trail."""

from django.db import models


class Entry(models.Model):
    """Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE, and the tenant's role has neither right.

    ``before`` and ``after`` hold codes, ids and moments; personal data stays in
    the row that the entry points to.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="audit_by_subject")]
