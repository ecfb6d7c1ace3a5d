"""One number that a gate looked at."""

from django.db import models

from tenants.releases.enums import Stage, Verdict


class GateReading(models.Model):
    """``before`` and ``after`` are in the measure's own unit; null: there was nothing to measure."""

    id = models.BigAutoField(primary_key=True)
    rollout = models.ForeignKey("releases.Rollout", on_delete=models.CASCADE, related_name="readings")
    stage = models.CharField(max_length=10, choices=Stage)
    tenant = models.ForeignKey("registry.Tenant", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)  # the page class, the step of the smoke check …
    before = models.FloatField(null=True)
    after = models.FloatField(null=True)
    limit = models.FloatField(null=True)
    verdict = models.CharField(
        max_length=10, choices=Verdict, blank=True
    )  # empty: only the first half is taken
    said = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rollout", "stage", "tenant", "measure", "subject"], name="gate_reads_a_measure_once"
            )
        ]
