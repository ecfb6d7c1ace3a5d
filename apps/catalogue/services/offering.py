"""Door 2: let the next ring of tenants have a version. The pilots have it from its publishing on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.catalogue.enums import ADOPTABLE, LogAction
from apps.catalogue.errors import RingUnclear, VersionNotPublished, VersionUnknown
from apps.catalogue.models import TemplateVersion, VersionOffer
from apps.catalogue.services.drafting import lock_version
from apps.catalogue.services.log import write_line
from apps.catalogue.services.offer_runs import start_run
from kernel.actors import Actor
from tenants.registry.acts import record_act
from tenants.registry.enums import Ring

PILOTS: tuple[str, ...] = (Ring.PILOT,)
EVERY_RING: tuple[str, ...] = tuple(Ring)


@transaction.atomic
def offer_version(*, version: UUID, rings: Sequence[str], by: Actor, now: datetime) -> list[str]:
    """Returns the rings that are new; a ring that has it already is left as it is.

    There is no way back: who has adopted a version goes on with it, and one that
    is bad is retired. Raises VersionUnknown, VersionNotPublished, RingUnclear.
    """
    known = TemplateVersion.objects.filter(public_id=version).values_list("id", flat=True).first()
    if known is None:
        raise VersionUnknown
    locked = lock_version(known)
    if locked.state not in ADOPTABLE:
        raise VersionNotPublished(template=locked.template.code, number=locked.number)
    opened = open_to(locked, rings, by=by, now=now)
    if opened:
        start_run(locked, opened, by=by, now=now)
        facts = {"template": locked.template.code, "version": locked.number, "rings": opened}
        record_act(by=by, action="template.offered", now=now, facts=facts)
    return opened


def open_to(version: TemplateVersion, rings: Sequence[str], *, by: Actor, now: datetime) -> list[str]:
    """Rows and log lines for a version that the caller has locked. Raises RingUnclear."""
    if not rings or set(rings) - set(Ring.values):
        raise RingUnclear(field="rings")
    there = set(VersionOffer.objects.filter(version=version).values_list("ring", flat=True))
    opened = [ring for ring in Ring.values if ring in set(rings) - there]
    VersionOffer.objects.bulk_create(
        VersionOffer(version=version, ring=ring, at=now, by_name=by.name) for ring in opened
    )
    for ring in opened:
        write_line(version, LogAction.OFFER, by=by, now=now, note=ring)
    return opened
