"""How long a procedure really takes here: what the public page tells beside the limit of the law."""

from django.db import models
from django.db.models import F, Q


class ProcedureDuration(models.Model):
    """One row a procedure, counted anew every night: of the dossiers that were finished in the days before.

    Seconds of ordinary time from acceptance to the finished result, nights, days
    off and waiting for papers included: what an applicant lives through.
    """

    procedure_code = models.CharField(max_length=60, primary_key=True)
    dossiers = models.PositiveIntegerField()
    median_seconds = models.PositiveBigIntegerField()
    ninth_seconds = models.PositiveBigIntegerField()  # nine of ten were finished within
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ninth_seconds__gte=F("median_seconds")), name="nine_of_ten_take_no_less_than_half"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="duration_is_of_some_time"),
        ]
