"""A word of the centre to the people of some tenants."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Announcement(models.Model):
    """For the rings or tenants named; both empty is for all of them. Shown between its two moments, until withdrawn.

    ``audience`` names the rooms whose people read it (Audience).
    """

    id = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    rings = ArrayField(models.CharField(max_length=10), default=list)
    tenants = ArrayField(models.CharField(max_length=35), default=list)
    audience = ArrayField(models.CharField(max_length=10), default=list)
    shown_from = models.DateTimeField()
    shown_to = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_to__gt=F("shown_from")), name="announcement_ends_after_it_begins"
            )
        ]
