"""Something in what was imported that the law does not let a program decide."""

from django.db import models
from django.db.models import Q

from apps.catalogue.enums import FindingKind, FindingState, Severity
from apps.catalogue.models.template_version import TemplateVersion


class ImportFinding(models.Model):
    """Open until a person answers it, or until the source no longer says it.

    It is about a draft (``version``), or about a row of a register (``scope`` and ``code``). A template
    with an open one that is BLOCKING cannot be published. ``seen`` is what the source says, word for word:
    an answer holds as long as that stays the same.
    """

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="findings", null=True)
    scope = models.CharField(max_length=60, default="RECORDS")
    code = models.CharField(max_length=160)
    promulgator = models.CharField(max_length=250, blank=True)
    kind = models.CharField(max_length=30, choices=FindingKind)
    severity = models.CharField(max_length=10, choices=Severity)
    place = models.CharField(max_length=200)
    seen = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=FindingState, default=FindingState.OPEN)
    owner = models.CharField(max_length=120, blank=True)  # the operator who is to answer it
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "severity", "id"], name="finding_list"),
            models.Index(fields=["scope", "code"], name="finding_of_code"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "place"], name="finding_is_reported_once"),
            models.UniqueConstraint(
                fields=["scope", "code", "kind", "place"],
                condition=Q(version__isnull=True),
                name="finding_of_row_is_reported_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | Q(confirmed_at__isnull=False) & ~Q(confirmed_by=""),
                name="confirmed_finding_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[FindingState.RESOLVED, FindingState.DISMISSED], confirmed_at__isnull=False
                )
                | Q(state__in=[FindingState.OPEN, FindingState.GONE], confirmed_at__isnull=True),
                name="answered_finding_says_when",
            ),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="finding_severity_is_known"
            ),
        ]
