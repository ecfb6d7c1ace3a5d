"""A day that differs from the normal week."""

from django.db import models
from django.db.models import F, Q

from apps.deadlines.enums import DayKind, DayScope, DaySource, values_of


class CalendarDay(models.Model):
    """A day off, or a make-up working day, with the text that says so.

    A row is never changed or deleted: it is withdrawn and another takes its
    place, so that a due date can be computed again years later with the
    calendar as it was known then.
    """

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=8)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    date = models.DateField()
    kind = models.CharField(max_length=4)
    name = models.CharField(max_length=200)
    ground = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=6)
    known_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["date", "scope", "unit"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="one_calendar_day_a_scope_and_date",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=values_of(DayKind)), name="calendar_day_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=values_of(DaySource)), name="calendar_day_source_is_known"
            ),
            models.CheckConstraint(
                condition=Q(scope=DayScope.UNIT.value, unit__isnull=False)
                | Q(scope__in=[DayScope.NATIONAL.value, DayScope.PROVINCE.value], unit__isnull=True),
                name="calendar_day_of_a_unit_names_it",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=F("known_at")),
                name="day_is_withdrawn_after_it_was_known",
            ),
        ]
