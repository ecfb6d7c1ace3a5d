"""One paper or electronic copy that answers the request."""

from django.db import models


class Result(models.Model):
    """Its state is not stored: it is the acts that were done on it."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    subject_id = models.BigIntegerField()
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=500)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_id"], name="result_by_subject")]
