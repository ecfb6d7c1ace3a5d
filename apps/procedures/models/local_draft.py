"""A procedure of this tenant's own while it is written and reviewed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.procedures.enums import LocalState

_OPEN = [LocalState.DRAFT, LocalState.IN_REVIEW]


class LocalDraft(models.Model):
    """``revision`` goes up with every change; ``editors`` are the keys of all who had a hand in it."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    procedure_code = models.CharField(max_length=60)
    name = models.CharField(max_length=1000)
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=LocalState, default=LocalState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    editors = ArrayField(models.CharField(max_length=200), default=list)
    remarks = models.TextField(blank=True)
    # The decision that put it in force. A default of the database: the code before writes none.
    legal_basis = models.CharField(max_length=1000, blank=True, default="", db_default="")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code"], condition=Q(state__in=_OPEN), name="local_procedure_has_one_draft"
            ),
            models.CheckConstraint(condition=Q(state__in=LocalState.values), name="local_state_is_known"),
        ]
