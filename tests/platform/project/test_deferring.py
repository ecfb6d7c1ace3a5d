"""A tenant says why it waits: in its own trail and at the centre, and what is required comes all the same."""

from copy import deepcopy
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.audit.selectors import list_entries
from apps.catalogue import selectors, services
from apps.catalogue.errors import DeferralBehindDeadline
from apps.catalogue.models import AdoptionDeferral
from apps.procedures import selectors as procedures
from apps.procedures import services as procedures_services
from apps.procedures.errors import ControllerDutyMissing, NothingToCompare, TemplateNotOffered
from kernel.actors import Actor, ActorKind, Grant
from project import adoption_rounds
from tenants.registry.context import central_context, tenant_context
from tests.publishing import publish_by_two

CODE = "1.013225"
OPERATOR = Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Văn Điều")
CONTROLLER = Actor(
    kind=ActorKind.STAFF,
    id=7,
    name="Vũ Thị Kiểm Soát",
    grants=(Grant(duty="PROCEDURE_CONTROLLER", unit_path="/1/"),),
)


def publish(now):
    with central_context():
        draft = services.draft_from_published(code=CODE, by=OPERATOR, now=now)
        content = deepcopy(draft.content)
        content["components"][0]["name"] += " (mẫu mới)"
        services.update_draft(version_id=draft.id, content=content, by=OPERATOR, now=now)
        return publish_by_two(
            version_id=draft.id,
            effective_from=timezone.localdate(now),
            rings=services.EVERY_RING,
            by=OPERATOR,
            now=now,
        )


@pytest.fixture
def version(furnished, gia_lai, ha_noi, now):
    return publish(now)


@pytest.fixture
def defer(version, gia_lai, now):
    def say(by=CONTROLLER, about=version, days=10, tenant=gia_lai):
        with tenant_context(tenant):
            procedures_services.defer_adoption(
                code=CODE,
                version=about.public_id,
                reason="PROCESS_DIFFERS",
                words="Sở đang rà soát",
                until=timezone.localdate(now) + timedelta(days=days),
                by=by,
                now=now,
            )

    return say


def said(tenant, version):
    notes = selectors.list_offer_notes(tenant_code=tenant.code, versions=[version.public_id])
    return notes[version.public_id].deferral


def trail(tenant, now):
    with tenant_context(tenant):
        running = procedures.get_version_in_force(CODE, timezone.localdate(now))
        entries = list_entries(subject_type="procedure", subject_id=running.id)
    return [(one.action, one.actor_name, one.note) for one in entries if "DEFER" in one.action]


def test_defer_adoption_stands_at_the_centre_and_in_the_trail_of_one_tenant(
    defer, version, gia_lai, ha_noi, now
):
    defer()
    assert (said(gia_lai, version).reason, said(ha_noi, version)) == ("PROCESS_DIFFERS", None)
    assert trail(gia_lai, now) == [("DEFER_ADOPTION", "Vũ Thị Kiểm Soát", "Sở đang rà soát")]
    assert trail(ha_noi, now) == []
    with tenant_context(ha_noi), pytest.raises(Exception, match="Không có lý do nào"):
        procedures_services.withdraw_deferral(code=CODE, version=version.public_id, by=CONTROLLER, now=now)
    assert said(gia_lai, version) is not None
    with tenant_context(gia_lai):
        procedures_services.withdraw_deferral(code=CODE, version=version.public_id, by=CONTROLLER, now=now)
    assert said(gia_lai, version) is None
    assert trail(gia_lai, now)[1] == ("WITHDRAW_DEFERRAL", "Vũ Thị Kiểm Soát", "")


def test_defer_adoption_refuses_and_leaves_no_word_anywhere(defer, version, gia_lai, now):
    """Take ``transaction.atomic`` away and write the trail first: the refused word stays in it."""
    with pytest.raises(ControllerDutyMissing):
        defer(by=Actor(kind=ActorKind.STAFF, id=8, name="Trần Thị Tiếp Nhận"))
    with central_context():
        services.require_adoption(
            version_id=version.id,
            due_on=timezone.localdate(now) + timedelta(days=3),
            reason="Nghị định 118",
            by=OPERATOR,
            now=now,
        )
    with pytest.raises(DeferralBehindDeadline):
        defer()
    newer = publish(now)
    with pytest.raises(TemplateNotOffered):
        defer(days=1)  # about a version that another one has followed
    assert trail(gia_lai, now) == []
    with central_context():
        assert not AdoptionDeferral.objects.exists()
    with tenant_context(gia_lai):
        procedures_services.adopt(template_version_id=newer.public_id, overrides=[], by=CONTROLLER, now=now)
    with pytest.raises(NothingToCompare):
        defer(about=newer)
    with central_context():
        assert not AdoptionDeferral.objects.exists()


def test_the_required_day_is_not_put_off_and_ends_the_word(defer, version, gia_lai, ha_noi, now, monkeypatch):
    """Let adopt_overdue pass over who defers, and Gia Lai stays behind."""
    with central_context():
        services.require_adoption(
            version_id=version.id,
            due_on=timezone.localdate(now) + timedelta(days=3),
            reason="Nghị định 118",
            by=OPERATOR,
            now=now,
        )
    defer(days=3)
    monkeypatch.setattr(adoption_rounds.adopt, "delay", adoption_rounds.adopt.run)
    with time_machine.travel(now + timedelta(days=4), tick=False):
        adoption_rounds.adopt_overdue.run()
        on = timezone.localdate()
        rows = selectors.get_adoption_board(CODE, places=[gia_lai, ha_noi], on=on).rows
    assert [(row.code, row.number, row.why, row.deferral) for row in rows] == [
        ("H21", 2, None, None),
        ("H26", 2, None, None),
    ]
    assert said(gia_lai, version) is None
