"""From an event to the room that acts on it: messages to applicants, work of somebody who left."""

from datetime import date, timedelta

import pytest
from django.core import mail

from apps.accounts.selectors import find_user_by_username, get_actor
from apps.accounts.services import retire_user
from apps.dossiers import services as dossiers
from apps.dossiers.enums import Channel, PartyRole
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.notifications.selectors import list_messages
from apps.notifications.services import deliver_waiting as send_letters
from apps.organisations.selectors import get_unit_by_code
from apps.workflow import selectors as workflow
from kernel.actors import SYSTEM
from kernel.outbox.models import OutboxEvent
from kernel.outbox.services import deliver_waiting
from project.subscriptions import SUBSCRIBERS

ON = date(2026, 11, 23)
BIRTH = {
    "child_name": "Nguyễn Minh An", "child_sex": "Nữ", "child_birth_date": "2026-11-01",
    "child_birth_place": "Bệnh viện Đa khoa tỉnh Gia Lai", "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam", "child_hometown": "Tỉnh Gia Lai", "requester_relation": "Cha",
}  # fmt: skip


@pytest.fixture
def accepted(furnished, in_gia_lai, now):
    """A birth registration at the ward of Pleiku, accepted; the submitter left an address."""
    person = {"name": "Nguyễn Văn Bình", "identity_number": "052090001234"}
    clerk = get_actor(find_user_by_username("tiepnhan").id, on=ON)
    dossier = dossiers.submit(
        intake=Intake(
            procedure_code="1.001193",
            receiving_unit_id=get_unit_by_code("H21.101.01", on=ON).id,
            channel=Channel.DIRECT,
            parties=(
                PartyIn(role=PartyRole.SUBMITTER, email="binh@example.vn", **person),
                PartyIn(role=PartyRole.OWNER, **person),
            ),
            components=(
                ComponentIn(key="to-khai", originals=1),
                ComponentIn(key="giay-chung-sinh", originals=1),
            ),
            answers=dict(BIRTH),
        ),
        by=clerk,
        now=now,
    )
    dossiers.accept(dossier_id=dossier.id, by=clerk, now=now)
    return dossier


def relay(now):
    return deliver_waiting(subscribers=SUBSCRIBERS, now=now)


def test_the_applicant_is_told_once_of_each_event_though_it_is_delivered_twice(accepted, now):
    relay(now)
    OutboxEvent.objects.update(next_attempt_at=now, delivered=[], delivered_at=None)
    relay(now)
    assert [message.kind for message in list_messages(accepted.id, channel="PAGE")] == [
        "ACCEPTED",
        "SUBMITTED",
    ]
    assert send_letters(now=now) == 2
    assert send_letters(now=now + timedelta(days=1)) == 0
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        assert accepted.code in letter.subject
        for private in ("Nguyễn Văn Bình", "Nguyễn Minh An", "052090001234", "khai sinh", accepted.secret):
            assert private not in letter.subject + letter.body


def test_open_steps_of_somebody_who_left_go_to_the_successor(accepted, now):
    leaver, successor = find_user_by_username("chuyenvien"), find_user_by_username("lanhdao")
    step = workflow.list_open_steps(accepted.id)[0]
    dossiers.claim_step(
        dossier_id=accepted.id, step_id=step.public_id, by=get_actor(leaver.id, on=ON), now=now
    )
    retire_user(user_id=leaver.id, hand_over_to=successor.id, by=SYSTEM, now=now)
    relay(now)
    relay(now)
    held = workflow.list_open_steps(accepted.id)[0]
    assert held.holder_id is None  # no specialist: the step is back at its unit, for one who is
    assert OutboxEvent.objects.filter(name="accounts.staff_left", delivered_at__isnull=False).count() == 1
