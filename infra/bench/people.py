"""Who knocks: a clerk with a session, and a program with a token. Both come in as everybody does."""

from datetime import datetime

from django.test import Client
from oauth2_provider.models import Application

from apps.accounts.enums import Duty
from apps.accounts.selectors import find_user_by_username
from apps.accounts.services import assign_duty, create_program, create_user
from apps.organisations.selectors import get_unit_by_code
from infra.bench.settings import BIG, HOST
from infra.seed.organisations import FIRST_DAY
from infra.seed.staff import DEMO_PASSWORD
from kernel.actors import SYSTEM

PROVINCE_SPECIALIST = (
    "bench.chuyenvien"  # may do first steps in every ward, so that runs do not eat up one ward
)
_PROGRAM = "bench.phanmem"
_SECRET = "bench-client-secret-on-this-machine-only"  # noqa: S105 - of the bench's own throw-away database


def settle_people(now: datetime) -> None:
    """In the tenant's context; who is there already is left alone."""
    root = get_unit_by_code(BIG, on=FIRST_DAY).id
    if find_user_by_username(PROVINCE_SPECIALIST) is None:
        person = create_user(
            username=PROVINCE_SPECIALIST,
            full_name="Lê Thị Đo",
            unit_id=root,
            password=DEMO_PASSWORD,
            by=SYSTEM,
            now=now,
        )
        _assign(person.id, Duty.SPECIALIST, root, now)
    program = find_user_by_username(_PROGRAM)
    if program is None:
        program = create_program(username=_PROGRAM, full_name="Phần mềm đo", unit_id=root, by=SYSTEM, now=now)
        _assign(program.id, Duty.RECEPTION, root, now)
    if not Application.objects.filter(client_id=_PROGRAM).exists():
        Application.objects.create(
            client_id=_PROGRAM,
            client_secret=_SECRET,
            user_id=program.id,
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
            name="bench",
        )


def _assign(user_id: int, duty: Duty, unit_id: int, now: datetime) -> None:
    assign_duty(user_id=user_id, duty=duty, unit_id=unit_id, valid_from=FIRST_DAY, by=SYSTEM, now=now)


def sign_in(username: str) -> Client:
    """Through the sign-in page, with its CSRF check."""
    client = Client(enforce_csrf_checks=True, headers={"host": HOST})
    client.get("/sign-in/")
    typed = {
        "username": username,
        "password": DEMO_PASSWORD,
        "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
    }
    answer = client.post("/sign-in/", typed)
    if answer.status_code != 302:
        raise RuntimeError(f"{username} could not sign in: {answer.status_code}")
    return client


def get_token() -> str:
    client = Client(headers={"host": HOST})
    asked = {"grant_type": "client_credentials", "client_id": _PROGRAM, "client_secret": _SECRET}
    answer = client.post("/api/v1/oauth2/token", asked)
    if answer.status_code != 200:
        raise RuntimeError(f"no token: {answer.status_code} {answer.content!r}")
    return str(answer.json()["access_token"])
