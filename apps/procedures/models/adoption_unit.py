"""Who receives, who decides and who is asked, when a dossier of this version comes in."""

from django.db import models
from django.db.models import Q

from apps.procedures.enums import UnitRule
from apps.procedures.models.adopted_version import AdoptedVersion


class AdoptionUnit(models.Model):
    """``role`` is one of the three of the law, or a role of its own that the process names.

    Unlike the version it may be corrected: a reorganisation moves the work, not the law.
    """

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(AdoptedVersion, on_delete=models.PROTECT, related_name="units")
    role = models.CharField(max_length=60)
    rule = models.CharField(max_length=15, choices=UnitRule)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "role"], name="adoption_role_is_given_once"),
            models.CheckConstraint(condition=Q(rule__in=UnitRule.values), name="unit_rule_is_known"),
            models.CheckConstraint(
                condition=Q(rule=UnitRule.CHOSEN_UNIT, unit__isnull=False)
                | ~Q(rule=UnitRule.CHOSEN_UNIT) & Q(unit__isnull=True),
                name="chosen_unit_is_named",
            ),
        ]
