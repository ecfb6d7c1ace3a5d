"""The words that names of the national list are made of: what a mistyped word may have meant."""

from django.db import models


class SourceWord(models.Model):
    """Lower case, without marks. Only added to: a word that no name has any more is found in no name."""

    word = models.CharField(max_length=60, primary_key=True)
