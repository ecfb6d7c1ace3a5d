"""Door 1: which national versions are open to this tenant, beside what it runs?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.catalogue import selectors as catalogue
from apps.catalogue.enums import ADOPTABLE
from apps.catalogue.selectors import VersionContent
from apps.procedures.enums import Origin
from apps.procedures.models import AdoptedVersion
from tenants.registry.context import get_current_tenant


@dataclass(frozen=True, slots=True)
class OfferView:
    """What the centre has opened to this tenant's ring, beside what this tenant runs."""

    code: str
    name: str
    version: UUID
    number: int
    adopted_number: int | None  # of the template; None: not adopted

    @property
    def is_newer(self) -> bool:
        return self.adopted_number is None or self.number > self.adopted_number


def list_offers(*, on: date) -> list[OfferView]:
    """The newest version of every template that is open to this tenant's ring, and which one is adopted here."""
    own = dict(AdoptedVersion.objects.in_force(on).values_list("procedure_code", "template_number"))
    return [
        OfferView(offer.code, offer.name, offer.version, offer.number, own.get(offer.code))
        for offer in catalogue.list_published(ring=get_current_tenant().ring)
    ]


def find_offer(code: str, *, on: date) -> VersionContent | None:
    """What adopting takes over: the newest that is open to this tenant's ring, never one older than what runs here."""
    offered = catalogue.find_newest_published(code, ring=get_current_tenant().ring)
    rows = AdoptedVersion.objects.in_force(on).filter(procedure_code=code, origin=Origin.NATIONAL)
    own = rows.values_list("template_version", "template_number").first()
    if own is None or (offered is not None and offered.number >= own[1]):
        return offered
    running = catalogue.get_version_content(own[0])
    return running if running.state in ADOPTABLE else offered


def find_running(code: str, *, on: date) -> VersionContent | None:
    """The national version in force here: adopted anew with other changes while a newer one is to begin later."""
    rows = AdoptedVersion.objects.in_force(on).filter(procedure_code=code, origin=Origin.NATIONAL)
    own = rows.values_list("template_version", flat=True).first()
    return catalogue.get_version_content(own) if own else None
