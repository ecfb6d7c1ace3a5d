"""One piece of work for one duty at one unit: the fact that counts, whatever the engine says."""

from django.db import models
from django.db.models import F, Q

from apps.workflow.enums import StepState


class Step(models.Model):
    """``unit_path`` is the unit's path when the step was opened, so that lists and checks need no join.

    ``token`` is the engine's id of the waiting task. ``decisions`` is what may be
    decided, as ``[[code, label], …]``. ``on_behalf_of`` is set when the person
    who closed the step acted under a delegation.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    run = models.ForeignKey("workflow.Run", on_delete=models.PROTECT, related_name="steps", db_index=False)
    token = models.UUIDField()
    subject_id = models.BigIntegerField()
    procedure_code = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    duty = models.CharField(max_length=24)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=200)
    decisions = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=StepState, default=StepState.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    holder = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    closed_by_name = models.CharField(max_length=120, blank=True)
    on_behalf_of = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decision = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "id"], name="step_by_subject"),
            models.Index(
                fields=["holder", "subject_id"],
                name="step_open_by_holder",
                condition=Q(state=StepState.OPEN, holder__isnull=False),
            ),
            models.Index(
                fields=["unit_path", "duty", "procedure_code", "subject_id"],
                name="step_open_by_unit",
                opclasses=["text_pattern_ops", "text_ops", "text_ops", "int8_ops"],
                condition=Q(state=StepState.OPEN),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="step_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=StepState.OPEN, closed_at__isnull=True)
                | (~Q(state=StepState.OPEN) & Q(closed_at__gte=F("opened_at"))),
                name="step_closed_at_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True) | Q(closed_by__isnull=False),
                name="step_on_behalf_needs_who_closed",
            ),
        ]
