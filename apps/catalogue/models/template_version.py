"""One wording of a procedure: cases, limits, fees, papers, form and process."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.catalogue.editors import LONGEST
from apps.catalogue.enums import UNPUBLISHED, VersionState
from apps.catalogue.models.template import ProcedureTemplate


class TemplateVersion(models.Model):
    """Free to change as a draft, never after it: a trigger lets only the moves of lifecycle.py through.

    ``edited_by`` are the keys (editors.py) of all who had a hand in it: none of them may publish it.
    ``source_sha256`` names the record or file it was made from, so that the
    same one twice changes nothing.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    template = models.ForeignKey(ProcedureTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    source_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    effective_from = models.DateField(null=True)
    legal_basis = models.TextField(blank=True)  # the decision that publishes this wording
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=120)
    edited_by = ArrayField(models.CharField(max_length=LONGEST), default=list, db_default=[])
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=120, blank=True, db_default="")
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=120, blank=True)
    published_by_key = models.CharField(max_length=LONGEST, blank=True, db_default="")
    superseded_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="version_number_is_used_once"),
            models.UniqueConstraint(
                fields=["template"],
                condition=Q(state__in=sorted(UNPUBLISHED)),
                name="template_has_at_most_one_draft",
            ),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="version_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNPUBLISHED), published_at__isnull=True)
                | Q(published_at__isnull=False, effective_from__isnull=False)
                & ~Q(state__in=sorted(UNPUBLISHED)),
                name="published_version_says_when_and_from_when",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.RETIRED, retired_at__isnull=False)
                | ~Q(state=VersionState.RETIRED) & Q(retired_at__isnull=True),
                name="retired_version_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.IN_REVIEW)
                | Q(submitted_at__isnull=False) & ~Q(submitted_by=""),
                name="version_in_review_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.SUPERSEDED) | Q(superseded_at__isnull=False),
                name="superseded_version_says_when",
            ),
        ]
