"""A person or organisation behind a dossier."""

from django.db import models
from django.db.models import Q

from apps.dossiers.enums import PartyKind, PartyRole


class Party(models.Model):
    """Submitter, owner and representative are kept apart, also where they are the same person.

    Personal data, field by field: name, identity_number, birth_date, phone,
    email, address.
    """

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=14, choices=PartyRole)
    kind = models.CharField(max_length=10, choices=PartyKind)
    name = models.CharField(max_length=200)
    identity_number = models.CharField(max_length=20, blank=True)
    birth_date = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=20, default="DECLARED")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "role"], name="one_party_per_role"),
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="party_role_is_known"),
            models.CheckConstraint(condition=Q(kind__in=PartyKind.values), name="party_kind_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["identity_number", "-id"],
                condition=~Q(identity_number=""),
                name="party_by_identity_number",
            )
        ]
