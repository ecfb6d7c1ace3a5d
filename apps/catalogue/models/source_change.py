"""What a run would change in a register, waiting for a steward's word."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.catalogue.enums import ChangeKind, ChangeState
from apps.catalogue.models.import_run import ImportRun


class SourceChange(models.Model):
    """``stood`` and ``comes`` are the state of the register's row before and after, as its fingerprint:
    a change whose ``stood`` is no longer true has gone stale and is never carried out."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="changes")
    scope = models.CharField(max_length=60)  # the run's, for the constraint below
    kind = models.CharField(max_length=10, choices=ChangeKind)
    code = models.CharField(max_length=160)
    name = models.TextField()
    promulgator = models.CharField(max_length=250, blank=True)
    fields = ArrayField(models.CharField(max_length=200), default=list)  # that differ
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    stood = models.CharField(max_length=72, blank=True)
    comes = models.CharField(max_length=72, blank=True)
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.PROPOSED)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["run", "state", "code"], name="change_of_run"),
            models.Index(fields=["scope", "code", "state"], name="change_of_code"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "code"],
                condition=Q(state=ChangeState.PROPOSED),
                name="one_change_of_a_code_waits",
            ),
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="change_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="change_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[ChangeState.PROPOSED, ChangeState.SUPERSEDED], decided_at__isnull=True)
                | Q(state__in=[ChangeState.ACCEPTED, ChangeState.REJECTED], decided_at__isnull=False)
                & ~Q(decided_by=""),
                name="decided_change_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.REJECTED) | ~Q(reason=""), name="rejected_change_says_why"
            ),
        ]
