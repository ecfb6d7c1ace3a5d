"""Every act in the life of a version, for ever."""

from django.db import models
from django.db.models import Q

from apps.catalogue.editors import LONGEST
from apps.catalogue.enums import LogAction
from apps.catalogue.models.template_version import TemplateVersion


class PublishLog(models.Model):
    """Append-only: a trigger refuses UPDATE, DELETE, TRUNCATE; a chain of hashes shows what went around it."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="log")
    action = models.CharField(max_length=10, choices=LogAction)
    content_sha256 = models.CharField(max_length=64)
    effective_from = models.DateField(null=True)
    at = models.DateTimeField()
    by_key = models.CharField(max_length=LONGEST, blank=True, db_default="")
    by_name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    previous_sha256 = models.CharField(
        max_length=64, db_default=""
    )  # of the line before; chain.FIRST on the first
    sha256 = models.CharField(max_length=64, db_default="")  # empty: the release before wrote it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["previous_sha256"],
                condition=~Q(previous_sha256=""),
                name="publish_log_does_not_fork",
            ),
        ]
