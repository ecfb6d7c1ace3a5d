"""The results of a subject went into somebody's hands."""

from django.db import models
from django.db.models import Q

from apps.results.enums import HandOverMethod


class HandOver(models.Model):
    """Immutable. Each way asks for its own proof: who took it, the post's code, or the electronic receipt."""

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField()
    method = models.CharField(max_length=6, choices=HandOverMethod)
    receiver_name = models.CharField(max_length=120)
    receiver_identity = models.CharField(max_length=30, blank=True)
    on_behalf = models.CharField(max_length=300, blank=True)  # ground of one who takes it for another
    proof_code = models.CharField(max_length=80, blank=True)
    proof_file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    handed_over_at = models.DateTimeField()
    handed_over_by_kind = models.CharField(max_length=10)
    handed_over_by_id = models.BigIntegerField(null=True)
    handed_over_by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["subject_id"], name="hand_over_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=HandOverMethod.values), name="hand_over_method_is_known"
            ),
            models.CheckConstraint(condition=~Q(receiver_name=""), name="hand_over_names_the_receiver"),
            models.CheckConstraint(
                condition=(Q(method="DESK") & ~Q(receiver_identity=""))
                | (Q(method="POST") & ~Q(proof_code=""))
                | Q(method="ONLINE"),
                name="hand_over_has_the_proof_of_its_way",
            ),
        ]
