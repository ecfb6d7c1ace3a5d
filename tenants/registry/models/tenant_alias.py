"""A code under which a tenant is known as well: of a province that was merged into it, or an older one of its own."""

from django.db import models


class TenantAlias(models.Model):
    """Unique over the whole deployment, and never the code of a tenant that works."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=35, unique=True)
    tenant = models.ForeignKey("registry.Tenant", on_delete=models.PROTECT, related_name="aliases")
    ground = models.CharField(max_length=300)  # the resolution that merged or renamed
    created_at = models.DateTimeField()
