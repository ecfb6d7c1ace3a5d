"""What an administrator can change about procedures of the tenant's own."""

from django.db import models
from django.db.models import Q


class LocalRules(models.Model):
    """One row a tenant; absent means the default of local_content.py.

    ``code_pattern``: ``x`` is a digit, ``{tenant}`` the code of the tenant, the rest stands as it is. How local
    procedures are numbered is not confirmed; ``ground`` names the paper that somebody has found it in.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    code_pattern = models.CharField(max_length=80)
    ground = models.CharField(max_length=1000)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_row_of_local_rules"),
            models.CheckConstraint(condition=~Q(ground=""), name="local_rules_have_a_ground"),
        ]
