"""Money that was received for a subject."""

from django.db import models
from django.db.models import Q

from apps.fees.enums import PaymentMethod


class Payment(models.Model):
    """``key`` makes recording safe to repeat: the same key is the same money."""

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    amount = models.BigIntegerField()
    method = models.CharField(max_length=8, choices=PaymentMethod)
    receipt_number = models.CharField(max_length=60)
    paid_at = models.DateTimeField()
    recorded_by_kind = models.CharField(max_length=10)
    recorded_by_id = models.BigIntegerField(null=True)
    recorded_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "key"], name="payment_once_per_key"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive"),
            models.CheckConstraint(
                condition=Q(method__in=PaymentMethod.values), name="payment_method_is_known"
            ),
            models.CheckConstraint(condition=~Q(receipt_number=""), name="payment_has_a_receipt_number"),
        ]
