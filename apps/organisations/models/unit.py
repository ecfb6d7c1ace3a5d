"""An agency, a division of one, or a centre that receives."""

from django.db import models
from django.db.models import F, Q

from apps.organisations.enums import UnitKind


class Unit(models.Model):
    """``path`` is ``/<id of the root>/…/<own id>/``: everything below a unit starts with its path."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=35, unique=True)  # QĐ 20/2020/QĐ-TTg
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=120, blank=True)
    name_sort = models.CharField(max_length=700)
    name_search = models.CharField(max_length=420)  # code, name and short name, folded
    kind = models.CharField(max_length=12, choices=UnitKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    receives = models.BooleanField(default=False)  # has a counter
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # last day
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        indexes = [models.Index(fields=["path"], name="unit_by_path", opclasses=["text_pattern_ops"])]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]
