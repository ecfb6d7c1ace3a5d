"""The national calendar at the centre: the holidays package as a seed, corrected by the decrees that are known."""

from datetime import datetime

from apps.catalogue.services import NewDay, set_national_days
from apps.deadlines.seeding import seed_national_days
from infra.seed.organisations import FIRST_DAY
from kernel.actors import SYSTEM
from tenants.registry.context import central_context


def seed_national_calendar(*, now: datetime) -> int:
    """From the demo's first year to the next one; may run again and then keeps what an operator has decided."""
    years = range(FIRST_DAY.year, now.year + 2)
    days = [NewDay(day.date, day.kind, day.name, day.ground, day.source) for day in seed_national_days(years)]
    with central_context():
        return set_national_days(days=days, by=SYSTEM, now=now)
