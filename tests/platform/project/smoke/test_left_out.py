"""A probe is in no list, no count and no search of any room: not while it is open, not after it."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts import selectors as accounts
from apps.accounts import services as account_services
from apps.accounts.enums import Duty
from apps.deadlines import selectors as deadlines
from apps.dossiers import selectors as dossiers
from apps.dossiers import services
from apps.dossiers.enums import Channel, InboxView, PartyRole
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.organisations import selectors as organisations
from apps.organisations.enums import UnitKind
from apps.organisations.models import Unit
from kernel.actors import SYSTEM, Actor, ActorKind
from kernel.outbox.models import OutboxEvent
from project.smoke.check import run_check
from project.smoke.probing import USERNAME, probe
from tenants.registry.context import tenant_context
from tenants.registry.selectors import get_primary_host
from tests.furniture import PASSWORD
from tests.lived_in import BIRTH, furnished_centre, live_in

AT_THE_ROOT = {
    "dieuhanh": Duty.SUPERVISOR,
    "quantri": Duty.UNIT_ADMIN,
    "kiemsoat": Duty.PROCEDURE_CONTROLLER,
}
PAGES = (
    ("", "/"),
    ("", "/thu-tuc/"),
    ("", "/thu-tuc/1.001193/"),
    ("dieuhanh", "/desk/"),
    *(("dieuhanh", f"/desk/?view={view}") for view in InboxView),
    ("dieuhanh", "/desk/counts/"),
    ("dieuhanh", "/desk/search/?q=kiem+tra"),
    ("dieuhanh", "/desk/search/?q=X99"),
    ("quantri", "/setup/"),
    ("quantri", "/setup/units/"),
    ("quantri", "/setup/units/?q=kiem+tra"),
    ("quantri", "/setup/units/?closed=1"),
    ("quantri", "/setup/units/new/"),
    ("quantri", "/setup/staff/"),
    ("quantri", "/setup/staff/?q=kiem+tra"),
    ("quantri", "/setup/staff/new/"),
    ("kiemsoat", "/setup/procedures/1.001193/"),
)


def _intake(unit_id):
    person = PartyIn(
        role=PartyRole.SUBMITTER, name="Kiểm Tra Hệ Thống", identity_number="001000000000",
        email="kiemtra@example.vn",
    )  # fmt: skip
    return Intake(
        procedure_code="1.001193",
        receiving_unit_id=unit_id,
        channel=Channel.DIRECT,
        case_code="1.001193.01",
        parties=(
            person,
            PartyIn(role=PartyRole.OWNER, name=person.name, identity_number=person.identity_number),
        ),
        components=(ComponentIn(key="to-khai", originals=1), ComponentIn(key="giay-chung-sinh", originals=1)),
        answers=BIRTH,
    )


@pytest.fixture
def lived(throwaway_tenant, moment):
    """Real dossiers; the three who see most hold their duties at the root, and a program there holds every duty."""
    with furnished_centre(moment):
        live_in(throwaway_tenant, moment)
        _raise_to_the_root(moment)
        yield throwaway_tenant


def _raise_to_the_root(moment):
    root = Unit.objects.get(parent__isnull=True)
    for username, duty in AT_THE_ROOT.items():
        user = accounts.find_user_by_username(username)
        account_services.assign_duty(
            user_id=user.id, duty=duty, unit_id=root.id, valid_from=date(2025, 7, 1), by=SYSTEM, now=moment
        )
    program = account_services.create_program(
        username="phan-mem", full_name="Phần mềm", unit_id=root.id, by=SYSTEM, now=moment
    )
    for duty in Duty:
        account_services.assign_duty(
            user_id=program.id, duty=duty, unit_id=root.id, valid_from=date(2025, 7, 1), by=SYSTEM, now=moment
        )


def _seen(tenant, moment):
    """What the doors of the rooms answer to the one who sees most, and to a grant of everything there is."""
    with tenant_context(tenant):
        today = timezone.localdate(moment)
        program = accounts.get_actor(accounts.find_user_by_username("phan-mem").id, on=today)
        widest = Actor(
            kind=ActorKind.STAFF, id=program.id, name="mọi đơn vị",
            grants=tuple(type(program.grants[0])(duty, "/") for duty in Duty),
        )  # fmt: skip
        return {
            "units": [unit.code for unit in organisations.list_units()],
            "receiving": [unit.code for unit in organisations.list_units(on=today, receives=True)],
            "search": [unit.code for unit in organisations.list_units(search="kiem tra")],
            "below": organisations.list_unit_ids_below(paths=["/"]),
            "leaves": [unit.code for unit in organisations.list_leaves_below(paths=["/"])],
            "by code": organisations.find_unit_by_code("X99", on=today),
            "leaf by code": organisations.find_leaf_by_code("X99", on=today),
            "people": [user.username for user, _unit in accounts.list_users(only_active=False, limit=500)],
            "programs": [user.username for user, _unit in accounts.list_users(programs=True)],
            "found": accounts.list_users(search=USERNAME),
            **{
                f"with duty {duty} {unit.code}": [
                    user.username
                    for user in accounts.list_people_with_duty(duty=duty, unit_path=unit.path, on=today)
                ]
                for duty in Duty
                for unit in organisations.list_units()
            },
            **{
                f"{view} {by.name}": dossiers.list_inbox(view=view, by=by, now=moment, limit=100).rows
                for view in InboxView
                for by in (program, widest)
            },
            "counts": [dossiers.count_views(by=by, now=moment) for by in (program, widest)],
            "search of dossiers": [
                dossiers.search_dossiers(text=text, by=by).rows
                for text in ("kiem tra", "X99", "001000000000", "nguyen")
                for by in (program, widest)
            ],
            "register": [
                [row.code for row in dossiers.list_for_client(by=by, limit=500).rows]
                for by in (program, widest)
            ],
            "news": OutboxEvent.objects.count(),
            "calendar": deadlines.list_calendar_days(year=2026),
        }


def _differing(before, after):
    return sorted(door for door in before.keys() | after.keys() if before.get(door) != after.get(door))


def _pages(clients):
    found = {}
    for username, path in PAGES:
        answer = clients[username].get(path)
        assert answer.status_code == 200, path
        found[username, path] = _without_secrets(answer.content.decode())
    return found


def _without_secrets(page):
    """Tokens, ids of incidents and the clock are new on every page."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    page = re.sub(r'name="csrf-token" content="[^"]*"', "", page)
    return re.sub(r"\d{1,2}:\d{2}(:\d{2})?", "", page)


@pytest.fixture
def clients(lived):
    host, found = get_primary_host(lived), {}
    for username in ("", "dieuhanh", "quantri", "kiemsoat"):
        found[username] = Client(HTTP_HOST=host)
        if username:
            answer = found[username].post("/sign-in/", {"username": username, "password": PASSWORD})
            assert answer.status_code == 302
    return found


def test_a_probe_changes_no_list_and_no_count_of_any_room(lived, server, moment, clients):
    """Looked at with no probe, with one open that was never withdrawn, and after a whole check.

    Seen to fail with its protections taken away, and the doors that differ name them:
    the kind's exclusion in ``list_units`` (units, receiving, search, by code), in
    ``list_users`` (people, found), in ``list_leaves_below`` (below, leaves, register and
    inboxes of the widest grant), in the codes of the tree (leaf by code), the silence of
    ``submit`` (news). Without the probe's line in ``resolve_units`` nothing can be handed in.
    """
    before, pages = _seen(lived, moment), _pages(clients)
    with probe(tenant=lived, address="127.0.0.1", now=moment):
        with tenant_context(lived):
            unit = Unit.objects.get(kind=UnitKind.PROBE)
            dossier = services.submit(intake=_intake(unit.id), by=SYSTEM, now=moment)
        assert _differing(before, _seen(lived, moment)) == []
        assert _differing(pages, _pages(clients)) == []
        with tenant_context(lived):
            own = accounts.get_actor(
                accounts.find_user_by_username(USERNAME).id, on=timezone.localdate(moment)
            )
            inbox = dossiers.list_inbox(view=InboxView.INTAKE, by=own, now=moment)
            assert [row.id for row in inbox.rows] == [dossier.id]  # it is there, for the probe alone
    run_check(tenant=lived, now=moment)
    assert _differing(before, _seen(lived, moment)) == []
    assert _differing(pages, _pages(clients)) == []
