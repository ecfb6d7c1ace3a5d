"""The last number given."""

from django.db import models
from django.db.models import Q


class Counter(models.Model):
    """One row for each form, unit and year. Raised in one statement, so that no number is given twice.

    ``unit_id`` 0 is the tenant itself. ``year`` is the year in Viet Nam.
    """

    id = models.BigAutoField(primary_key=True)
    form = models.CharField(max_length=4)
    unit_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "unit_id", "year"], name="counter_once_per_form_unit_year"
            ),
            models.CheckConstraint(condition=Q(last__gt=0), name="counter_has_begun"),
        ]
