"""Dossiers for tests: handed in through the services, in the furnished house."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts import selectors as accounts
from apps.dossiers import services
from apps.dossiers.enums import Channel, PartyRole
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.dossiers.models import Dossier
from apps.organisations import selectors as organisations
from apps.procedures import selectors as procedures
from apps.workflow import selectors as workflow

BIRTH = {
    "child_name": "Nguyễn Minh An",
    "child_sex": "Nữ",
    "child_birth_date": "2026-11-01",
    "child_birth_place": "Bệnh viện Đa khoa tỉnh Gia Lai",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "child_hometown": "Tỉnh Gia Lai",
    "requester_relation": "Cha",
}


@pytest.fixture
def house(furnished, in_gia_lai):
    """Gia Lai with units, staff and procedures, bound."""
    return in_gia_lai


@pytest.fixture
def actor(house, now):
    def find(username):
        user = accounts.find_user_by_username(username)
        return accounts.get_actor(user.id, on=timezone.localdate(now))

    return find


@pytest.fixture
def unit(house, now):
    def find(code):
        return organisations.get_unit_by_code(code, on=timezone.localdate(now))

    return find


@pytest.fixture
def intake(unit):
    """A good birth registration at the ward's counter; a test changes what it is about."""

    def make(**changed):
        return replace(
            Intake(
                procedure_code="1.001193",
                receiving_unit_id=unit("H21.101.01").id,
                channel=Channel.DIRECT,
                parties=(
                    PartyIn(
                        role=PartyRole.SUBMITTER,
                        name="Nguyễn Văn Bình",
                        identity_number="052090001234",
                        phone="0905 123 456",
                        email="binh@example.vn",
                        address="Phường Pleiku, tỉnh Gia Lai",
                    ),
                    PartyIn(role=PartyRole.OWNER, name="Nguyễn Văn Bình", identity_number="052090001234"),
                ),
                components=(
                    ComponentIn(key="to-khai", originals=1),
                    ComponentIn(key="giay-chung-sinh", originals=1),
                ),
                answers=dict(BIRTH),
            ),
            **changed,
        )

    return make


@pytest.fixture
def filled(house, now):
    """What must be handed in for the first case of a procedure: required papers and answers."""
    sample = {"string": "Số 12 Hùng Vương", "integer": 2, "number": 120.5, "boolean": True}

    def value(field):
        if "enum" in field:
            return field["enum"][0]
        return "2026-11-01" if field.get("format") == "date" else sample[field["type"]]

    def fill(code, **changed):
        content = procedures.get_version_in_force(code, timezone.localdate(now)).content
        case = content["cases"][0]
        return {
            "procedure_code": code,
            "case_code": case["code"],
            "answers": {
                name: value(content["form"]["properties"][name]) for name in content["form"]["required"]
            },
            "components": tuple(
                ComponentIn(key=part["key"], originals=1)
                for part in content["components"]
                if part["required"] and part["key"] in case["components"]
            ),
            **changed,
        }

    return fill


@pytest.fixture
def make_dossier(intake, actor, now):
    def make(**changed):
        return services.submit(intake=intake(**changed), by=actor("tiepnhan"), now=now)

    return make


@pytest.fixture
def accepted(make_dossier, actor, now):
    def make(**changed):
        dossier = make_dossier(**changed)
        return services.accept(dossier_id=dossier.id, by=actor("tiepnhan"), now=now)

    return make


@pytest.fixture
def complete(actor, now):
    """Complete the open step that this person may do."""

    def run(dossier, username, decision=None, after=timedelta(minutes=5)):
        by = actor(username)
        step = next(
            step for step in workflow.list_open_steps(dossier.id) if workflow.can_complete_step(by, step)
        )
        return services.complete_step(
            dossier_id=dossier.id,
            step_id=step.public_id,
            decision=decision or (step.decisions[0].code if step.decisions else None),
            by=by,
            now=now + after,
        )

    return run


@pytest.fixture
def reload():
    def read(dossier):
        return Dossier.objects.get(id=dossier.id)

    return read
