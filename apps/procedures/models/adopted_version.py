"""A version of a national template as this tenant applies it."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from apps.procedures.enums import AdoptedState, Origin, RecordSystem


class _DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class AdoptedVersions(models.QuerySet["AdoptedVersion"]):
    def standing(self, day: date) -> Self:
        """In force on ``day`` or beginning later. One that was replaced before it began stands nowhere."""
        ended = Q(in_force_to__lte=day) | Q(in_force_to__lte=F("in_force_from"))
        return self.filter(Q(in_force_to__isnull=True) | ~ended)

    def in_force(self, day: date) -> Self:
        return self.filter(Q(in_force_to__isnull=True) | Q(in_force_to__gt=day), in_force_from__lte=day)


class AdoptedVersion(models.Model):
    """Only ``in_force_to``, ``state`` and the system of record may ever change: a trigger keeps the rest.

    In force from ``in_force_from`` up to, and without, ``in_force_to``; a version
    replaced on its own first day was never in force.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    procedure_code = models.CharField(max_length=60)
    name = models.CharField(max_length=1000)
    name_search = models.CharField(max_length=1100)  # code and name, lower case without marks
    field_code = models.CharField(max_length=40, blank=True)
    field_name = models.CharField(max_length=250, blank=True)
    number = models.PositiveIntegerField()  # of this tenant's adoptions of the procedure
    # LOCAL: a procedure of this tenant's own; then the template is its draft here, and its number 0.
    origin = models.CharField(
        max_length=10, choices=Origin, default=Origin.NATIONAL, db_default=Origin.NATIONAL
    )
    template_version = models.UUIDField()  # public id in the central catalogue
    template_number = models.PositiveIntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    overrides = models.JSONField(default=list)
    process = models.ForeignKey("workflow.ProcessDefinition", on_delete=models.PROTECT, related_name="+")
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True)  # the first day on which it is no longer in force
    state = models.CharField(max_length=10, choices=AdoptedState, default=AdoptedState.ACTIVE)
    # The system of record may change without a new version. Defaults of the database: the code before knows none of it.
    record_system = models.CharField(
        max_length=10, choices=RecordSystem, default=RecordSystem.LOCAL, db_default=RecordSystem.LOCAL
    )
    record_name = models.CharField(max_length=250, blank=True, default="", db_default="")
    record_address = models.CharField(max_length=500, blank=True, default="", db_default="")
    record_receives = models.BooleanField(default=False, db_default=False)
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=120)

    objects = AdoptedVersions.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure_code", "number"], name="adoption_number_is_used_once"),
            models.CheckConstraint(condition=Q(state__in=AdoptedState.values), name="adopted_state_is_known"),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="adopted_version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state=AdoptedState.ACTIVE) | Q(in_force_to__isnull=False),
                name="retired_procedure_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(record_system=RecordSystem.LOCAL)
                | Q(record_system__in=RecordSystem.values) & ~Q(record_name="") & ~Q(record_address=""),
                name="system_of_record_has_an_address",
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="adopted_origin_is_known"),
            ExclusionConstraint(
                name="one_version_in_force_a_day",
                index_type="GIST",
                expressions=[
                    ("procedure_code", RangeOperators.EQUAL),
                    (_DateRange("in_force_from", "in_force_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
