"""The program of each tenant's own software: one API client with a fixed secret, shown in the README."""

from datetime import datetime

from oauth2_provider.models import Application

from apps.accounts.enums import Duty
from apps.accounts.selectors import find_user_by_username
from apps.accounts.services import assign_duty, create_program
from apps.organisations.selectors import get_unit_by_code
from infra.seed.staff import FIRST_DAY
from kernel.actors import SYSTEM

PROGRAM_ID = "phanmem-demo"
PROGRAM_SECRET = "PhanMem-2026-demo"  # noqa: S105 - the demo's, shown in the README


def seed_program(tenant_code: str, now: datetime) -> int:
    """In the tenant's context, after seed_units: it hands in and reads dossiers of all units. May run again."""
    if find_user_by_username(PROGRAM_ID) is not None:
        return 0
    root = get_unit_by_code(tenant_code, on=FIRST_DAY)
    program = create_program(
        username=PROGRAM_ID, full_name="Phần mềm của đơn vị", unit_id=root.id, by=SYSTEM, now=now
    )
    assign_duty(
        user_id=program.id, duty=Duty.RECEPTION, unit_id=root.id, valid_from=FIRST_DAY, by=SYSTEM, now=now
    )
    Application.objects.create(
        client_id=PROGRAM_ID,
        client_secret=PROGRAM_SECRET,
        user_id=program.id,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        name="Phần mềm của đơn vị",
    )
    return 1
