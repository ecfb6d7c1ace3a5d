"""A request that was answered, so that the same one again gets the same answer."""

from django.db import models


class IdempotencyKey(models.Model):
    """``scope`` is who asked for what; ``fingerprint`` is a hash of the body, never the body itself."""

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_key_is_used_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_key_by_age")]
