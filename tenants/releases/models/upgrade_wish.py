"""When a tenant wants its upgrades: its turn, its hours, and what it has put off."""

from django.db import models
from django.db.models import Q


class UpgradeWish(models.Model):
    """``order`` and the window are the operator's, the deferral is the province's, within the release's limit.

    The window is in Vietnamese local time and may pass midnight; both null is
    "at any hour".
    """

    tenant = models.OneToOneField(
        "registry.Tenant", on_delete=models.CASCADE, primary_key=True, related_name="upgrade_wish"
    )
    order = models.PositiveIntegerField(default=100)
    window_from = models.TimeField(null=True)
    window_to = models.TimeField(null=True)
    deferred_release = models.PositiveIntegerField(null=True)
    deferred_until = models.DateField(null=True)  # the first day on which it may come
    deferred_by = models.CharField(max_length=120, blank=True)
    deferred_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(window_from__isnull=True, window_to__isnull=True)
                | Q(window_from__isnull=False, window_to__isnull=False),
                name="upgrade_window_has_two_ends",
            ),
        ]
