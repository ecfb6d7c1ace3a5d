"""A tenant with a calendar: a province, two communes, the usual week, the national days."""

from datetime import date, datetime

import pytest

from apps.deadlines.seeding import USUAL_WEEK, seed_national_days
from apps.deadlines.services import copy_national_days, set_working_hours
from apps.organisations.services import create_unit
from kernel.actors import SYSTEM
from tests.apps.deadlines.calendars import local

LONG_AGO = datetime.fromisoformat("2025-01-01T08:00:00+07:00")


@pytest.fixture
def units(in_gia_lai) -> dict[str, int]:
    """Keys by name: the province, and below it two communes."""
    facts = {"valid_from": date(2025, 7, 1), "by": SYSTEM, "now": LONG_AGO}
    province = create_unit(code="H21", name="UBND tỉnh Gia Lai", kind="PROVINCE", parent_id=None, **facts).id
    communes = {
        name: create_unit(code=f"H21.{n}", name=name, kind="COMMUNE", parent_id=province, **facts).id
        for n, name in enumerate(("pleiku", "an_khe"), start=101)
    }
    return {"province": province, **communes}


@pytest.fixture
def calendar_kept(units) -> dict[str, int]:
    set_working_hours(week=USUAL_WEEK, valid_from=date(2025, 1, 1), by=SYSTEM, now=LONG_AGO)
    copy_national_days(days=seed_national_days(range(2025, 2028)), by=SYSTEM, now=LONG_AGO)
    return units


@pytest.fixture
def monday() -> datetime:
    return local(2026, 12, 7, 9)
