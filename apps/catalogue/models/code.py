"""One wording of one code, from the version that brought it to the version that replaced it."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from apps.catalogue.models.code_list import CodeList


class Code(models.Model):
    """Rows are never rewritten but for ``until_version``: version N holds what is since ≤ N < until.

    ``valid_from`` and ``valid_to`` (inclusive) are the law's days and stand beside that.
    """

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=160)
    name = models.CharField(max_length=1000)
    search = models.TextField()
    parent = models.CharField(max_length=160, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = models.CharField(max_length=160, blank=True)
    sha256 = models.CharField(max_length=64)
    since_version = models.PositiveIntegerField()
    until_version = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="code_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code"],
                condition=Q(until_version__isnull=True),
                name="code_has_one_wording_in_force",
            ),
            models.CheckConstraint(
                condition=Q(until_version__isnull=True) | Q(until_version__gt=F("since_version")),
                name="code_ends_after_it_began",
            ),
        ]
