"""One reading of a file of the national database: what it held against what we hold."""

from django.db import models
from django.db.models import Q


class ImportRun(models.Model):
    """Nothing of it is in effect but what a steward has accepted of its changes.

    ``scope`` names the register that it is held against: ``LIST``, ``RECORDS`` or ``CODES:<key>``.
    Only of a ``whole`` list can it be said what has been retired.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    scope = models.CharField(max_length=60)
    file_name = models.CharField(max_length=250)
    file_sha256 = models.CharField(max_length=64)
    whole = models.BooleanField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    rows = models.PositiveIntegerField(default=0)  # as they stand in the file
    unchanged = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)  # codes that two different rows claim: nothing is proposed
    refused_before = models.PositiveIntegerField(default=0)  # the very change that a steward has rejected
    # The shared list without which something could not be checked, because it is not whole; said once for all rows.
    unchecked = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="import_run_newest")]
        constraints = [models.CheckConstraint(condition=~Q(scope=""), name="import_run_names_its_register")]
