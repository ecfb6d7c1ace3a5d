"""What an operator did, at the centre."""

from django.db import models


class OperatorAct(models.Model):
    """Only ever added to: a trigger refuses UPDATE, DELETE and TRUNCATE.

    ``facts`` holds plain facts of the act (numbers, codes, file names), never a
    citizen's data. ``operator_id`` is null for the command line, where ``operator_name``
    is the account that ran it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    operator_id = models.BigIntegerField(null=True)
    operator_name = models.CharField(max_length=120)
    action = models.CharField(max_length=60)  # tenant.suspended, rollout.resumed …
    tenant_code = models.CharField(max_length=35, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["tenant_code", "-id"], name="operator_act_by_tenant")]
