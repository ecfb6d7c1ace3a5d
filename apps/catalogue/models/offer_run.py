"""Opening a version to many tenants: a job with its progress, and the note that each tenant gets."""

from django.db import models
from django.db.models import Q

from apps.catalogue.models.template_version import TemplateVersion


class OfferRun(models.Model):
    """``failed``: codes of tenants whose note could not be written; running again takes only what is left."""

    STATES = ("WAITING", "RUNNING", "DONE")

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="offer_runs")
    rings = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="WAITING")
    total = models.PositiveIntegerField(default=0)
    failed = models.JSONField(default=list)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=120)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("WAITING", "RUNNING", "DONE")), name="offer_run_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="DONE", finished_at__isnull=False)
                | ~Q(state="DONE") & Q(finished_at__isnull=True),
                name="offer_run_that_is_done_says_when",
            ),
        ]


class OfferNotice(models.Model):
    """What is new for one tenant, counted once: its landing need not read the contents of the centre.

    ``changes``: parts that differ from what it runs; ``conflicts``: those it has changed itself. Both are
    None where it has not adopted the procedure.
    """

    id = models.BigAutoField(primary_key=True)
    tenant_code = models.CharField(max_length=40)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="notices")
    changes = models.PositiveIntegerField(null=True)
    conflicts = models.PositiveIntegerField(null=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_code", "version"], name="offer_is_noted_once_a_tenant"),
        ]
