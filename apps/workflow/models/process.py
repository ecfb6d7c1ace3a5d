"""One version of a process, for ever."""

from django.db import models


class ProcessDefinition(models.Model):
    """Found by the content of its files, so the same process registered twice is one row.

    ``spec`` is the engine's own form of it, made once: a run never parses XML.
    It can be made again from ``bpmn`` and ``called`` when the engine changes.
    """

    id = models.BigAutoField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    bpmn = models.TextField()
    called = models.JSONField(default=dict)
    spec = models.JSONField()

    class Meta:
        # Not unique=True: Django would add a second index for LIKE, in every tenant.
        constraints = [models.UniqueConstraint(fields=["sha256"], name="a_process_is_kept_once")]
