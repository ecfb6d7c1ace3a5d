"""A ministry or a province."""

from django.db import models
from django.db.models import Q
from django_tenants.models import TenantMixin

from tenants.registry.enums import TenantKind, TenantState


class Tenant(TenantMixin):
    """One ministry or province, with a schema of its own.

    The row whose schema is ``public`` is the centre: it owns the operators' host.
    Creating and dropping schemas is provisioning's work, never a save's.
    """

    auto_create_schema = False
    auto_drop_schema = False

    public_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=35, unique=True)  # QĐ 20/2020/QĐ-TTg: at most 35 characters
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=TenantKind)
    state = models.CharField(max_length=10, choices=TenantState, default=TenantState.READY)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TenantKind.values), name="tenant_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=TenantState.values), name="tenant_state_is_known"),
        ]
