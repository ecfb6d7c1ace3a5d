"""Another code that a unit is, or was, known by."""

from django.db import models
from django.db.models import F, Q

from apps.organisations.enums import CodeSystem


class UnitAlias(models.Model):
    """The truth about codes.

    Both styles live side by side in the national portal, and no rule on strings holds.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="aliases")
    system = models.CharField(max_length=8, choices=CodeSystem)
    code = models.CharField(max_length=35)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # last day

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(system__in=CodeSystem.values), name="alias_system_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="alias_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["system", "code"], condition=Q(valid_to__isnull=True), name="alias_means_one_unit_now"
            ),
        ]
        indexes = [models.Index(fields=["code"], name="alias_by_code")]
