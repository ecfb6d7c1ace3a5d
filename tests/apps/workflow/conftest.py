"""A province with a department, a commune and its people; the process is the sample of docs/bpmn.md."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from apps.accounts.selectors import get_actor
from apps.accounts.services import assign_duty, create_user
from apps.deadlines.seeding import USUAL_WEEK
from apps.deadlines.services import set_working_hours
from apps.organisations.services import create_unit
from apps.workflow.services import complete_step, register_process, start_run
from kernel.actors import SYSTEM

DOCS = Path(__file__).resolve().parents[3] / "docs" / "bpmn.md"
MAIN, CALLED = re.findall(r"```xml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
SUBJECT = 4001


def build_office(now):
    """Everything through the services, in the tenant that is bound now."""
    set_working_hours(week=USUAL_WEEK, valid_from=date(2025, 7, 1), by=SYSTEM, now=now)

    def unit(code, name, kind, parent=None):
        return create_unit(
            code=code,
            name=name,
            kind=kind,
            parent_id=parent and parent.id,
            valid_from=date(2025, 7, 1),
            by=SYSTEM,
            now=now,
        )

    province = unit("H21", "UBND tỉnh Gia Lai", "PROVINCE")
    justice = unit("H21.04", "Sở Tư pháp", "DEPARTMENT", province)
    police = unit("H21.05", "Sở Xây dựng", "DEPARTMENT", province)
    ward = unit("H21.121", "UBND phường Pleiku", "COMMUNE", province)

    def person(username, full_name, at, *duties):
        user = create_user(
            username=username, full_name=full_name, unit_id=at.id, password=None, by=SYSTEM, now=now
        )
        for duty in duties:
            assign_duty(
                user_id=user.id, duty=duty, unit_id=at.id, valid_from=date(2026, 1, 1), by=SYSTEM, now=now
            )
        return get_actor(user.id, on=now.date())

    return SimpleNamespace(
        province=province,
        justice=justice,
        police=police,
        ward=ward,
        units={"RECEIVING": ward.id, "COMPETENT": justice.id, "SUPPORTING": police.id},
        head=person("truong-phong", "Lê Thị Hoa", justice, "DIVISION_HEAD"),
        mai=person("mai", "Nguyễn Thị Mai", justice, "SPECIALIST"),
        binh=person("binh", "Rơ Châm Bình", justice, "SPECIALIST"),
        lan=person("lan", "Đặng Ngọc Lan", police, "SPECIALIST"),
        signer=person("giam-doc", "Trần Văn Sơn", justice, "SIGNATORY"),
        registry=person("van-thu", "Phạm Thu Hà", justice, "REGISTRY_CLERK"),
        process=register_process(bpmn=MAIN, called={"ky-va-phat-hanh": CALLED}),
    )


@pytest.fixture
def office(in_gia_lai, now):
    return build_office(now)


@pytest.fixture
def begin(office, now):
    def start(subject_id=SUBJECT, **changes):
        facts = {"process_id": office.process.id, "units": office.units, "facts": {}, **changes}
        return start_run(subject_id=subject_id, procedure_code="1.013225", by=office.head, now=now, **facts)

    return start


@pytest.fixture
def done(now):
    def complete(step, by, decision=None, **more):
        return complete_step(
            subject_id=step.subject_id, step_id=step.public_id, decision=decision, by=by, now=now, **more
        )

    return complete
