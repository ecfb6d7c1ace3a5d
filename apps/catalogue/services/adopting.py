"""Door 2: the centre learns who runs what."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from apps.catalogue.models import AdoptionReport
from apps.catalogue.services.adoptable import get_adoptable
from apps.catalogue.services.deferring import end_deferrals
from kernel.actors import Actor
from tenants.registry.context import central_context


@transaction.atomic
def report_adoption(
    *, tenant_code: str, version: UUID, overridden: bool, in_force_from: date, by: Actor, now: datetime
) -> None:
    """Called by the tenant's adoption inside its own transaction.

    Both rows stand in one database, so they are written together or not at all:
    the centre's board can never show an adoption that was rolled back. What the tenant
    said about not having adopted it ends here.
    """
    with central_context():
        found = get_adoptable(version)
        AdoptionReport.objects.create(
            tenant_code=tenant_code,
            version=found,
            overridden=overridden,
            in_force_from=in_force_from,
            adopted_at=now,
            adopted_by=by.name,
        )
        end_deferrals(tenant_code=tenant_code, version=found, now=now)
