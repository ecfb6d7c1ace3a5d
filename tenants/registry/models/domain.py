"""A host name and the tenant it belongs to."""

from django.db import models
from django.db.models import Q
from django_tenants.models import DomainMixin


class Domain(DomainMixin):
    """Unique over the whole deployment. One that ``redirects`` sends people on to the primary host."""

    redirects = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(is_primary=True, redirects=True), name="primary_host_does_not_redirect"
            ),
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(is_primary=True), name="tenant_has_one_primary_host"
            ),
        ]
