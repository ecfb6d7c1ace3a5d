"""One acceptance into a code list; the list at any version can be told for ever."""

from django.db import models

from apps.catalogue.models.code_list import CodeList


class CodeListVersion(models.Model):
    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    changes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="code_list_version_is_used_once"),
        ]
