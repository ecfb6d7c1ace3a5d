"""Work on one tenant that takes longer than a page may wait."""

from django.db import models
from django.db.models import Q


class LongJob(models.Model):
    """An onboarding, an export, a restore, a merge: with progress, and resumable where ``progress`` says so.

    ``asked`` is what was handed in, ``progress`` where it stands, ``report`` what came of it.
    """

    KINDS = ("ONBOARD", "EXPORT", "RESTORE", "MERGE")
    STATES = ("WAITING", "RUNNING", "DONE", "FAILED")

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10)
    tenant_code = models.CharField(max_length=35)
    state = models.CharField(max_length=10, default="WAITING")
    asked = models.JSONField(default=dict)
    progress = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)
    created_by_name = models.CharField(max_length=120)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("ONBOARD", "EXPORT", "RESTORE", "MERGE")), name="long_job_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("WAITING", "RUNNING", "DONE", "FAILED")),
                name="long_job_state_is_known",
            ),
        ]
        indexes = [models.Index(fields=["tenant_code", "-id"], name="long_job_by_tenant")]
