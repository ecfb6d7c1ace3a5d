"""The order number of the day."""

from django.db import models


class CodeCounter(models.Model):
    """One row per agency and day; taken by one atomic INSERT … ON CONFLICT … RETURNING."""

    id = models.BigAutoField(primary_key=True)
    agency_code = models.CharField(max_length=35)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_code", "day"], name="one_code_counter_per_agency_and_day")
        ]
