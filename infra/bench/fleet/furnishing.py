"""A small real province in a tenant: units, a clerk, a program, the national procedures, and dossiers."""

from collections.abc import Mapping
from contextlib import redirect_stdout
from datetime import datetime
from io import StringIO

from django.utils import timezone
from oauth2_provider.models import Application

from apps.accounts.enums import Duty
from apps.accounts.services import assign_duty, create_program, create_user
from apps.catalogue import selectors as catalogue
from apps.catalogue.services import load_national
from apps.deadlines.seeding import USUAL_WEEK, seed_national_days
from apps.deadlines.services import copy_national_days, set_working_hours
from apps.organisations.services import create_unit
from apps.procedures.services import adopt
from infra.bench.loading import load_dossiers
from infra.seed.organisations import FIRST_DAY
from infra.seed.staff import DEMO_PASSWORD as PASSWORD
from kernel.actors import SYSTEM
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import Tenant

CLERK, PROGRAM = "chuyenvien", "bench.phanmem"
SECRET = "bench-client-secret-on-this-machine-only"  # noqa: S105 - of the bench's own throw-away database
# Below the root's code: name, kind, the code above, receives.
_UNITS: Mapping[str, tuple[str, str, str, bool]] = {
    ".24": ("Trung tâm Phục vụ hành chính công tỉnh", "CENTRE", "", True),
    ".101": ("Ủy ban nhân dân phường Đo", "COMMUNE", "", False),
    ".101.01": ("Trung tâm Phục vụ hành chính công phường Đo", "CENTRE", ".101", True),
    ".101.02": ("Phòng Kinh tế phường Đo", "DIVISION", ".101", False),
}


def furnish_centre() -> None:
    with central_context():
        load_national(by=SYSTEM, now=timezone.now())


def furnish(tenant: Tenant, *, dossiers: int) -> None:
    now = timezone.now()
    with tenant_context(tenant):
        units = _units(tenant, now)
        _people(units, now)
        set_working_hours(
            week=USUAL_WEEK, valid_from=FIRST_DAY, ground="Quy chế làm việc", by=SYSTEM, now=now
        )
        copy_national_days(days=seed_national_days((2025, 2026, 2027)), by=SYSTEM, now=now)
        for offer in catalogue.list_published():
            adopt(
                template_version_id=offer.version, overrides=[], in_force_from=FIRST_DAY, by=SYSTEM, now=now
            )
    with redirect_stdout(StringIO()):  # it tells each of its steps, which is too much for ten tenants
        load_dossiers(tenant, count=dossiers, now=now)


def _units(tenant: Tenant, now: datetime) -> dict[str, int]:
    keys: dict[str, int] = {}
    root = ("Ủy ban nhân dân " + tenant.name, "PROVINCE", None, False)
    for below, (name, kind, above, receives) in {"": root, **_UNITS}.items():
        keys[below] = create_unit(
            code=f"{tenant.code}{below}",
            name=name,
            kind=kind,
            parent_id=None if above is None else keys[above],
            receives=receives,
            address="Số 1 Trần Phú",
            valid_from=FIRST_DAY,
            by=SYSTEM,
            now=now,
        ).id
    return keys


def _people(units: Mapping[str, int], now: datetime) -> None:
    clerk = create_user(
        username=CLERK, full_name="Lê Thị Đo", unit_id=units[".101"], password=PASSWORD, by=SYSTEM, now=now
    )
    program = create_program(username=PROGRAM, full_name="Phần mềm đo", unit_id=units[""], by=SYSTEM, now=now)
    for person, duty, unit in (
        (clerk, Duty.SPECIALIST, ".101"),
        (program, Duty.RECEPTION, ""),
        (program, Duty.SUPPORT, ""),
    ):
        assign_duty(
            user_id=person.id, duty=duty, unit_id=units[unit], valid_from=FIRST_DAY, by=SYSTEM, now=now
        )
    Application.objects.create(
        client_id=PROGRAM,
        client_secret=SECRET,
        user_id=program.id,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        name="bench",
    )
