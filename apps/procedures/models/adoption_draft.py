"""What has been decided so far about a national version that this tenant is about to take over."""

from django.db import models


class AdoptionDraft(models.Model):
    """``decisions``: key of a conflict (see merging.key_of) → choice, value, ground, who and when.

    One a version, shared by all who work on it: the second sees what the first has chosen.
    """

    id = models.BigAutoField(primary_key=True)
    procedure_code = models.CharField(max_length=60)
    template_version = models.UUIDField(unique=True)
    decisions = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=120)
    adopted_at = models.DateTimeField(null=True)
