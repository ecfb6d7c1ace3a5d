"""A row of the national list, as a steward has accepted it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class SourceProcedure(models.Model):
    """What the nation says that it has: little, of all. The full record of a procedure is a ProcedureTemplate."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=160, unique=True)
    name = models.TextField()
    fields = models.TextField(blank=True)
    promulgator = models.CharField(max_length=250, blank=True)
    executing = models.TextField(blank=True)
    subjects = models.TextField(blank=True)
    type = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=40, blank=True)
    search = models.TextField()  # code and name, lower case without marks
    words = ArrayField(models.TextField(), default=list)  # of ``search``, for words one slip away
    sha256 = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="source_procedure_search"),
            GinIndex(fields=["words"], name="source_procedure_words"),
            models.Index(fields=["promulgator", "code"], name="source_procedure_promulgator"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="source_procedure_has_a_name")]
