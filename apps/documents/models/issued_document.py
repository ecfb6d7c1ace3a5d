"""A form that was issued."""

from django.db import models
from django.db.models import Q

from apps.documents.enums import Form, Paper


class IssuedDocument(models.Model):
    """Immutable: a trigger refuses UPDATE and DELETE. A mistake is mended by issuing another.

    ``data`` is what stood on the paper and ``template`` the version that laid it
    out (its folder below ``templates/<form>/``), so that the same paper comes out
    years later, whatever the dossier and the law have become.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    subject_id = models.BigIntegerField()
    form = models.CharField(max_length=4, choices=Form)
    unit_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    number = models.CharField(max_length=60)
    template = models.CharField(max_length=80)
    paper = models.CharField(max_length=2, choices=Paper)
    data = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by_kind = models.CharField(max_length=10)
    issued_by_id = models.BigIntegerField(null=True)
    issued_by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["subject_id"], name="issued_document_by_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "unit_id", "year", "ordinal"], name="issued_document_number_once"
            ),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="issued_document_form_is_known"),
            models.CheckConstraint(
                condition=Q(paper__in=Paper.values), name="issued_document_paper_is_known"
            ),
        ]
