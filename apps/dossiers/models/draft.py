"""What a clerk has typed and not yet handed in."""

from django.db import models


class Draft(models.Model):
    """Saved by itself while a person types; only its author sees it. Personal data inside ``content``."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    user_id = models.BigIntegerField()
    procedure_code = models.CharField(max_length=40)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id", "-saved_at"], name="draft_by_author")]
