"""By when every tenant that runs the procedure has to have adopted a version."""

from django.db import models
from django.db.models import Q

from apps.catalogue.models.template_version import TemplateVersion


class AdoptionDeadline(models.Model):
    """``due_on`` is the last day; on the next one what has no conflict is adopted without the tenant."""

    id = models.BigAutoField(primary_key=True)
    version = models.OneToOneField(TemplateVersion, on_delete=models.PROTECT, related_name="deadline")
    due_on = models.DateField()
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=120)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="deadline_says_why")]
