"""One file as it was handed in."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """Immutable: a trigger refuses UPDATE and DELETE. A better scan is another file.

    ``key`` is where the storage keeps the bytes; it carries the tenant and no
    word of the person's. ``content_type`` is what the bytes are, not what the
    sender said. ``sha256`` is of the bytes, in lower-case hexadecimal.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=150)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    created_by_kind = models.CharField(max_length=10)
    created_by_id = models.BigIntegerField(null=True)
    created_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_has_a_sha256"
            ),
        ]
