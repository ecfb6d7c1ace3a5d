"""A list of codes that somebody outside owns: agencies, administrative units, fields, results, fee items."""

from django.db import models


class CodeList(models.Model):
    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=40, unique=True)
    owner = models.CharField(max_length=250)  # the body whose list it is
    source = models.CharField(max_length=500, blank=True)  # decision or address it is taken from
    created_at = models.DateTimeField()
