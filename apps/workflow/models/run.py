"""One subject on its way through a process."""

from django.db import models
from django.db.models import F, Q

from apps.workflow.enums import RunState


class Run(models.Model):
    """``state`` is only the engine's note of where the tokens stand; what counts in law is in Step.

    ``units`` holds who ``mc:unit`` stands for, resolved when the run started:
    role or code → ``{"id", "path"}``. ``facts`` are what conditions may look at.
    """

    id = models.BigAutoField(primary_key=True)
    process = models.ForeignKey(
        "workflow.ProcessDefinition", on_delete=models.PROTECT, related_name="runs", db_index=False
    )
    subject_id = models.BigIntegerField()
    procedure_code = models.CharField(max_length=40)
    units = models.JSONField()
    facts = models.JSONField(default=dict)
    state = models.JSONField()
    status = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "id"], name="run_by_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"],
                condition=Q(status=RunState.RUNNING),
                name="a_subject_has_one_run_at_a_time",
            ),
            models.CheckConstraint(condition=Q(status__in=RunState.values), name="run_status_is_known"),
            models.CheckConstraint(
                condition=Q(status=RunState.RUNNING, ended_at__isnull=True)
                | (~Q(status=RunState.RUNNING) & Q(ended_at__gte=F("started_at"))),
                name="run_has_an_end_when_it_ended",
            ),
        ]
