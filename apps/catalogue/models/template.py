"""A procedure of the nation, whatever its text says today."""

from django.db import models


class ProcedureTemplate(models.Model):
    """The name here is that of the newest version, kept for lists; the law is in the versions."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=1000)
    name_search = models.CharField(max_length=1100)  # code and name, lower case without marks
    field_code = models.CharField(max_length=40, blank=True)
    field_name = models.CharField(max_length=250, blank=True)
    promulgator_code = models.CharField(max_length=40, blank=True)
    promulgator_name = models.CharField(max_length=250, blank=True)
    created_at = models.DateTimeField()
