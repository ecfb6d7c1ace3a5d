"""One program for each tenant of the demo, with a fixed key: the five lines of the README use it."""

from datetime import datetime

from oauth2_provider.models import Application

from apps.accounts.enums import Duty
from apps.accounts.selectors import find_user_by_username
from apps.accounts.services import assign_duty, create_program
from apps.organisations.selectors import get_unit_by_code
from infra.seed.organisations import FIRST_DAY
from infra.seed.staff import PLACES
from kernel.actors import SYSTEM
from tenants.registry.context import get_current_tenant

CLIENT_SECRET = "bi-mat-trinh-dien-khong-dung-that"  # noqa: S105 - the demo's, shown in the README
_USERNAME = "phan-mem-mau"


def client_id(tenant_code: str) -> str:
    return f"{tenant_code.lower()}-phan-mem-mau"


def seed_clients(*, now: datetime) -> int:
    """In the tenant's context, after seed_units; may run again. Returns how many were created.

    The program may receive and follow dossiers everywhere in the tenant, like a clerk with both duties.
    """
    tenant = get_current_tenant()
    if Application.objects.filter(client_id=client_id(tenant.code)).exists():
        return 0
    root = get_unit_by_code(PLACES[tenant.code]["root"], on=FIRST_DAY)
    program = find_user_by_username(_USERNAME) or create_program(
        username=_USERNAME, full_name=f"Phần mềm mẫu của {tenant.name}", unit_id=root.id, by=SYSTEM, now=now
    )
    for duty in (Duty.RECEPTION, Duty.SUPPORT):
        assign_duty(user_id=program.id, duty=duty, unit_id=root.id, valid_from=FIRST_DAY, by=SYSTEM, now=now)
    Application.objects.create(
        client_id=client_id(tenant.code),
        client_secret=CLIENT_SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        name=f"Phần mềm mẫu ({tenant.name})",
        user_id=program.id,
    )
    return 1
