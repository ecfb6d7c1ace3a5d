"""The law of the demo: national templates, their adoption, working time and days off."""

from datetime import date, datetime

from django.utils import timezone

from apps.catalogue import selectors as catalogue
from apps.catalogue.services import load_national
from apps.deadlines.seeding import USUAL_WEEK, seed_national_days
from apps.deadlines.services import copy_national_days, set_working_hours
from apps.procedures.selectors import get_version_in_force
from apps.procedures.services import adopt
from kernel.actors import SYSTEM
from tenants.registry.context import central_context

FIRST_DAY = date(2025, 7, 1)  # of the two-tier government
YEARS = (2025, 2026, 2027)


def publish_templates() -> None:
    """At the centre; a version that is published already is left alone."""
    with central_context():
        load_national(by=SYSTEM, now=timezone.now())


def seed_calendar(tenant_code: str, now: datetime) -> int:
    """In the tenant's context. Returns how many days off or made up were laid in."""
    ground = f"Quy chế làm việc của {tenant_code}"
    set_working_hours(week=USUAL_WEEK, valid_from=FIRST_DAY, ground=ground, by=SYSTEM, now=now)
    days = seed_national_days(YEARS)
    copy_national_days(days=days, by=SYSTEM, now=now)
    return len(days)


def adopt_procedures(tenant_code: str, now: datetime) -> int:
    """In the tenant's context: every published template that is not in force here yet. Returns how many."""
    with central_context():
        offers = catalogue.list_published()
    adopted = 0
    for offer in offers:
        if get_version_in_force(offer.code, FIRST_DAY) is None:
            adopt(template_version_id=offer.version, overrides=[], by=SYSTEM, now=now, in_force_from=FIRST_DAY)
            adopted += 1
    return adopted
