"""A ministry or a province."""

from django.db import models
from django.db.models import Q
from django_tenants.models import TenantMixin

from tenants.registry.enums import Ring, TenantKind, TenantState


class Tenant(TenantMixin):
    """One ministry or province, with a schema of its own.

    The row whose schema is ``public`` is the centre: it owns the operators' host.
    Creating and dropping schemas is provisioning's work, never a save's.
    ``release`` is the number of the newest release replayed in its schema; it
    changes in the very transaction that changes the schema.
    """

    auto_create_schema = False
    auto_drop_schema = False

    public_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=35, unique=True)  # QĐ 20/2020/QĐ-TTg: at most 35 characters
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=TenantKind)
    state = models.CharField(max_length=10, choices=TenantState, default=TenantState.READY)
    # The defaults stand in the database as well: code of the release before does not know these columns.
    notice = models.CharField(
        max_length=300, blank=True, db_default=""
    )  # what people read while the state is not READY
    ring = models.CharField(max_length=10, choices=Ring, default=Ring.GENERAL, db_default=Ring.GENERAL)
    release = models.PositiveIntegerField(default=1, db_default=1)
    # Two provinces merge: the one that goes points at the one that stays.
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)  # to the public
    retired_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(
        null=True
    )  # its schema and role are gone; the row stays, a code has one owner

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TenantKind.values), name="tenant_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=TenantState.values), name="tenant_state_is_known"),
            models.CheckConstraint(condition=Q(ring__in=Ring.values), name="tenant_ring_is_known"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(state=TenantState.RETIRED),
                name="tenant_with_a_successor_is_retired",
            ),
            models.CheckConstraint(
                condition=Q(state=TenantState.RETIRED, retired_at__isnull=False)
                | (~Q(state=TenantState.RETIRED) & Q(retired_at__isnull=True)),
                name="tenant_is_retired_since_some_time",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(retired_at__isnull=False),
                name="tenant_that_is_dropped_was_retired",
            ),
        ]
