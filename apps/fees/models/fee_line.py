"""One thing that a subject has to pay for."""

from django.db import models
from django.db.models import F, Q

from apps.fees.enums import FeeDue, FeeKind


class FeeLine(models.Model):
    """``total`` is ``quantity × unit_amount``, or 0 with the ground of the exemption in ``exempt_ground``."""

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=60)
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=500)
    kind = models.CharField(max_length=12, choices=FeeKind)
    unit_amount = models.BigIntegerField()
    quantity = models.PositiveIntegerField()
    total = models.BigIntegerField()
    due = models.CharField(max_length=10, choices=FeeDue)
    legal_ground = models.TextField(blank=True)
    exempt_ground = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "key"], name="fee_line_once_per_subject"),
            models.CheckConstraint(condition=Q(kind__in=FeeKind.values), name="fee_line_kind_is_known"),
            models.CheckConstraint(condition=Q(due__in=FeeDue.values), name="fee_line_due_is_known"),
            models.CheckConstraint(
                condition=Q(unit_amount__gt=0, quantity__gt=0), name="fee_line_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(exempt_ground="", total=F("unit_amount") * F("quantity"))
                | (~Q(exempt_ground="") & Q(total=0)),
                name="fee_line_total_is_the_product_or_exempt",
            ),
        ]
