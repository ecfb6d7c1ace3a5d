"""One person stands in for another, for some days, with a ground."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.accounts.enums import Duty


class Delegation(models.Model):
    """Carries the giver's own duties of these kinds, with their scopes; never what others gave them."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    from_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="delegations_given")
    to_user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="delegations_received"
    )
    duties = ArrayField(models.CharField(max_length=20, choices=Duty))
    from_date = models.DateField()
    to_date = models.DateField()  # last day
    ground = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_user=F("to_user")), name="delegation_is_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(to_date__gte=F("from_date")), name="delegation_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(duties__len__gt=0), name="delegation_carries_a_duty"),
            models.CheckConstraint(condition=~Q(ground=""), name="delegation_has_a_ground"),
        ]
