"""A link with which somebody chooses their first password: one use, a few days."""

from django.db import models
from django.db.models import F, Q


class FirstLink(models.Model):
    """The token itself is in nobody's database: only its SHA-256 is kept, so a copy of the rows opens no door.

    ``voided_at``: a newer link has taken its place.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="first_links")
    token_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Not unique=True: Django would add a second index for LIKE, in every tenant.
            models.UniqueConstraint(fields=["token_sha256"], name="first_link_token_is_known_once"),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, voided_at__isnull=True),
                name="person_has_one_open_first_link",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="first_link_expires_after_it_was_made"
            ),
        ]
