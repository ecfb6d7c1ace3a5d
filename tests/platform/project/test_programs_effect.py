"""A form field goes: the tenant reads which program uses it, the centre learns how many do."""

from copy import deepcopy

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.selectors import find_user_by_username, get_actor
from apps.accounts.services import assign_duty, create_program
from apps.catalogue import selectors, services
from apps.dossiers.enums import Channel, PartyRole
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.dossiers.services import submit
from apps.organisations.selectors import get_unit_by_code
from kernel.actors import SYSTEM
from project.effects import measure_effect_now
from tenants.registry.context import central_context, tenant_context
from tests.apps.dossiers.conftest import BIRTH
from tests.furniture import PASSWORD

CODE = "1.001193"
PROGRAM = "Cổng liên thông hộ tịch Gia Lai"
PAPERS = ("to-khai", "giay-chung-sinh")


@pytest.fixture
def now():
    """The page looks at the clock."""
    return timezone.localtime()


@pytest.fixture
def handed_in(furnished, gia_lai, now):
    """Two birth registrations of a program, and the controller's duty for the whole province."""
    with tenant_context(gia_lai):
        today = timezone.localdate(now)
        root, counter = get_unit_by_code("H21", on=today), get_unit_by_code("H21.101.01", on=today)
        program = create_program(
            username="lien-thong", full_name=PROGRAM, unit_id=root.id, by=SYSTEM, now=now
        )
        keeper = find_user_by_username("kiemsoat")
        for user, duty in ((program, "RECEPTION"), (keeper, "PROCEDURE_CONTROLLER")):
            assign_duty(user_id=user.id, duty=duty, unit_id=root.id, valid_from=today, by=SYSTEM, now=now)
        by = get_actor(program.id, on=today)
        number = "052090001234"
        for _ in range(2):
            submit(
                intake=Intake(
                    procedure_code=CODE,
                    receiving_unit_id=counter.id,
                    channel=Channel.DIRECT,
                    parties=tuple(
                        PartyIn(role=role, name="Nguyễn Văn Bình", identity_number=number)
                        for role in (PartyRole.SUBMITTER, PartyRole.OWNER)
                    ),
                    components=tuple(ComponentIn(key=key, originals=1) for key in PAPERS),
                    answers=dict(BIRTH),
                ),
                by=by,
                now=now,
            )


@pytest.fixture
def asked(handed_in, gia_lai, ha_noi, now):
    """A draft without “Quê quán” that asks for the father, counted in both tenants."""
    with central_context():
        draft = services.draft_from_published(code=CODE, by=SYSTEM, now=now)
        content = deepcopy(draft.content)
        form = content["form"]
        del form["properties"]["child_hometown"]
        for key in ("required", "x-order"):
            form[key] = [one for one in form[key] if one != "child_hometown"]
        form["required"].append("father")
        services.update_draft(version_id=draft.id, content=content, by=SYSTEM, now=now)
        request = services.ask_effect(
            version_id=draft.id, tenants=("H21", "H26"), by=SYSTEM, now=now, wake=False
        )
    measure_effect_now(request.id)
    return selectors.find_effect(draft.id)


def test_the_centre_learns_numbers_only(asked):
    """Put the name or the field into count_programs and check_figures refuses the report."""
    told = {one.tenant_code: one.figures["clients"] for one in asked.reports}
    none = dict.fromkeys(
        ("programs", "dossiers", "cases", "channels", "papers", "removed", "required", "narrower"), 0
    )
    assert told["H21"] == {**none, "programs": 1, "dossiers": 2, "removed": 1, "required": 1, "unjudged": 0}
    assert told["H26"] == {**none, "unjudged": 0}
    for word in (PROGRAM, "child_hometown", BIRTH["child_name"], "Quê quán"):
        assert word not in str([one.figures for one in asked.reports])


def test_the_tenant_reads_the_program_and_its_fields(asked):
    client = Client(HTTP_HOST="gialai.localhost")
    assert client.post("/sign-in/", {"username": "kiemsoat", "password": PASSWORD}).status_code == 302
    page = client.get(f"/setup/procedures/{CODE}/effect/").content.decode()
    for part in (
        PROGRAM,
        "“Quê quán” bị bỏ",
        "“Người cha” nay bắt buộc mà chưa có",
        "(2 hồ sơ)",
        "90 ngày qua",
    ):
        assert part in page
    assert BIRTH["child_name"] not in page
