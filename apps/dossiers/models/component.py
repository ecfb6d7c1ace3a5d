"""The papers of a dossier."""

from django.db import models


class Component(models.Model):
    """One line of the checklist as it was handed in; ``key`` is the component's stable id in the procedure."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="components")
    key = models.CharField(max_length=60)
    code = models.CharField(max_length=100, blank=True)  # free string: real codes follow no rule
    name = models.CharField(max_length=1000)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "key"], name="one_line_per_component")]


class ComponentFile(models.Model):
    """An electronic copy of a paper. Replaced by adding: what was handed in stays."""

    id = models.BigAutoField(primary_key=True)
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
