"""What a citizen has filled in before going to a counter."""

from django.db import models
from django.db.models import F, Q


class Declaration(models.Model):
    """Kept until ``expires_at``, then forgotten; emptied as soon as a dossier has taken it over.

    Whoever has ``code`` and the secret may go on with it; a clerk who receives
    needs the code alone. ``typed`` are the texts as they were typed, so that
    nothing is lost that cannot be read yet; ``answers`` are there once it is
    finished. Personal data: typed, answers.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=14)
    secret_sha256 = models.CharField(max_length=64)
    procedure_code = models.CharField(max_length=40)
    version_public_id = models.UUIDField()
    form_sha256 = models.CharField(max_length=64)
    typed = models.JSONField(default=dict)
    answers = models.JSONField(null=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="declaration_by_expiry")]
        constraints = [
            # Not unique=True: Django would add a second index for LIKE, in every tenant.
            models.UniqueConstraint(fields=["code"], name="declaration_code_is_used_once"),
            models.CheckConstraint(
                condition=Q(expires_at__gte=F("created_at")), name="declaration_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, answers__isnull=True, taken_at__isnull=True)
                | Q(finished_at__isnull=False, answers__isnull=False, taken_at__isnull=True)
                | Q(finished_at__isnull=False, answers__isnull=True, taken_at__isnull=False),
                name="declaration_has_answers_while_finished_and_not_taken",
            ),
        ]
