"""A day of the national calendar that is not what its weekday says."""

from django.db import models
from django.db.models import Q

from apps.catalogue.enums import DayKind, DaySource


class NationalDay(models.Model):
    """A decree's word stands over the seed's; operators correct both."""

    id = models.BigAutoField(primary_key=True)
    date = models.DateField(unique=True)
    kind = models.CharField(max_length=4, choices=DayKind)
    name = models.CharField(max_length=120)
    ground = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10, choices=DaySource)
    known_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="national_day_kind_is_known"),
            models.CheckConstraint(
                condition=Q(source__in=DaySource.values), name="national_day_source_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(source=DaySource.DECREE) | ~Q(ground=""), name="decreed_day_names_its_ground"
            ),
        ]
