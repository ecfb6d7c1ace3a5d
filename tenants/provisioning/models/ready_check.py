"""One line of a tenant's ready list, as it was last looked at."""

from django.db import models


class ReadyCheck(models.Model):
    """``key`` names the check, ``said`` what was found, ``todo`` what to do about it; both are sentences."""

    id = models.BigAutoField(primary_key=True)
    tenant = models.ForeignKey("registry.Tenant", on_delete=models.CASCADE, related_name="ready_checks")
    key = models.CharField(max_length=60)
    ok = models.BooleanField()
    said = models.CharField(max_length=500)
    todo = models.CharField(max_length=500, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="ready_check_once_a_tenant")]
