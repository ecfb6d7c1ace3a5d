"""A host name and the tenant it belongs to."""

from django_tenants.models import DomainMixin


class Domain(DomainMixin):
    """Unique over the whole deployment."""
