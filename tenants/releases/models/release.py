"""A release, compiled: what its manifest says, and what it makes of a schema."""

from django.db import models


class Release(models.Model):
    """``number`` is its place in the line of manifests; a schema goes from one number to the next, never past one.

    ``leaves`` names the last migration of each tenant app. ``shape`` lists every
    object of a schema at this release as ``[kind, name, definition]``, and
    ``fingerprint`` is its SHA-256: what every tenant at this release must equal.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    notes = models.TextField()  # Vietnamese, for the people of the provinces
    manifest_sha256 = models.CharField(max_length=64)
    leaves = models.JSONField()
    serves_code_from = models.CharField(
        max_length=40
    )  # name of the oldest code release that lives with this schema
    defer_days = models.PositiveSmallIntegerField(default=7)  # how long a province may put it off at the most
    shape = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    compiled_at = models.DateTimeField()
