"""One migration of a release as SQL."""

from django.db import models
from django.db.models import Q

from tenants.releases.enums import StepKind


class ReleaseStep(models.Model):
    """Replayed with the search_path on the tenant's schema; it names no schema itself.

    ``sha256`` is of ``sql``. A step with an empty ``sql`` only notes the migration
    as applied. Of a BACKFILL, ``sql`` is one statement with ``%(after)s`` and
    ``%(size)s`` that returns the last key it handled, or nothing when it is done.
    """

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="steps")
    ordinal = models.PositiveSmallIntegerField()
    app = models.CharField(max_length=100)
    migration = models.CharField(max_length=255)
    is_last = models.BooleanField()  # of its migration: it is noted in django_migrations after this step
    kind = models.CharField(max_length=12, choices=StepKind)
    sql = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "ordinal"], name="release_step_has_its_place"),
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="release_step_kind_is_known"),
        ]
