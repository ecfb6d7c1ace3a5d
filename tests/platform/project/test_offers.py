"""Notes after an opening, and what happens when the last day is over: two tenants, each for itself."""

from copy import deepcopy
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.utils import timezone

from apps.audit.selectors import list_entries
from apps.catalogue import selectors, services
from apps.procedures import selectors as procedures
from apps.procedures import services as procedures_services
from kernel.actors import SYSTEM, Actor, ActorKind
from project import adoption_rounds, offers
from tenants.registry.acts import list_acts
from tenants.registry.context import central_context, get_current_tenant, tenant_context
from tenants.registry.models import Tenant
from tests.publishing import publish_by_two

CODE = "1.013225"
CASE = "1.013225.02"
GROUND = "Nghị quyết 12/2026/NQ-HĐND"


@pytest.fixture
def operator() -> Actor:
    return Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Văn Điều")


@pytest.fixture
def places(furnished, gia_lai, ha_noi, now):
    """Gia Lai has shortened a case that the centre is about to shorten too; Hà Nội has nothing of its own."""
    with tenant_context(gia_lai):
        offer = procedures.find_offer(CODE, on=timezone.localdate(now))
        own = [
            {"slot": "limit", "case": CASE, "amount": 5, "ground": GROUND},
            {"slot": "fee", "key": "le-phi", "amount": 60000, "ground": GROUND},
        ]
        procedures_services.adopt(template_version_id=offer.public_id, overrides=own, by=SYSTEM, now=now)
    return gia_lai, ha_noi


@pytest.fixture
def publish(places, operator, now):
    def publish(*, limit_of=(), rings=services.EVERY_RING):
        with central_context():
            version = services.draft_from_published(code=CODE, by=operator, now=now)
            content = deepcopy(version.content)
            content["components"][0]["name"] = "Đơn đề nghị (mẫu mới)"
            for case in content["cases"]:
                if case["code"] in limit_of:
                    case["limit"]["amount"] = 6
            services.update_draft(version_id=version.id, content=content, by=operator, now=now)
            return publish_by_two(
                version_id=version.id,
                effective_from=timezone.localdate(now),
                rings=rings,
                by=operator,
                now=now,
            )

    return publish


def noted(version):
    return {
        code: selectors.list_offer_notes(tenant_code=code, versions=[version.public_id])[version.public_id]
        for code in ("H21", "H26")
    }


def test_note_tells_each_tenant_what_differs_for_it(publish):
    version = publish(limit_of=(CASE,))
    run = selectors.find_offer_run(version.id)
    offers.note.run(run_id=run.id)
    run = selectors.get_offer_run(run.public_id)
    assert (run.state, run.done, run.total, run.failed) == ("DONE", 2, 2, ())
    assert {code: (one.changes, one.conflicts) for code, one in noted(version).items()} == {
        "H21": (2, 1),
        "H26": (2, 0),
    }


def test_note_reaches_only_the_rings_that_were_opened(publish, ha_noi):
    with central_context():
        Tenant.objects.filter(code="H21").update(ring="PILOT")
    version = publish(rings=("PILOT",))
    run = selectors.find_offer_run(version.id)
    offers.note.run(run_id=run.id)
    assert selectors.get_offer_run(run.public_id).total == 1
    assert noted(version)["H26"].changes is None


def test_a_tenant_that_fails_stops_nobody_and_is_taken_up_again(publish, operator, now, monkeypatch):
    """Take the except out of note and the second tenant gets nothing."""
    version, real, asked = publish(), offers.DifferenceCounter.count, []

    def failing(counter, **asked_for):
        asked.append(1)
        if len(asked) == 1:
            raise DatabaseError
        return real(counter, **asked_for)

    monkeypatch.setattr(offers.DifferenceCounter, "count", failing)
    run = selectors.find_offer_run(version.id)
    offers.note.run(run_id=run.id)
    found = selectors.get_offer_run(run.public_id)
    assert (found.done, found.total, found.failed) == (1, 2, ("H21",))
    with central_context():
        services.restart_run(run_id=run.id, by=operator, now=now)
    offers.note.run(run_id=run.id)
    found = selectors.get_offer_run(run.public_id)
    assert (found.done, found.failed, len(asked)) == (2, (), 3)
    offers.note.run(run_id=run.id)  # done is done
    assert len(asked) == 3


def require(version, operator, now):
    day = timezone.localdate(now) + timedelta(days=3)
    with central_context():
        services.require_adoption(
            version_id=version.id, due_on=day, reason="Nghị định 118", by=operator, now=now
        )
    return now + timedelta(days=4)


def running(tenant, now):
    with tenant_context(tenant):
        return procedures.get_version_in_force(CODE, timezone.localdate(now))


def carry_out(monkeypatch):
    """As beat does it, with the tenants' tasks done at once. Who got one."""
    sent = []

    def at_once(**asked):
        sent.append(get_current_tenant().code)
        adoption_rounds.adopt.run(**asked)

    monkeypatch.setattr(adoption_rounds.adopt, "delay", at_once)
    adoption_rounds.adopt_overdue.run()
    return sent


def test_after_the_last_day_what_has_no_conflict_is_adopted_with_ones_own(
    publish, places, operator, now, monkeypatch
):
    version = publish()
    after = require(version, operator, now)
    with time_machine.travel(after - timedelta(days=1), tick=False):
        assert carry_out(monkeypatch) == []
    with time_machine.travel(after, tick=False):
        assert carry_out(monkeypatch) == ["H21", "H26"]
        assert carry_out(monkeypatch) == []
    here, there = (running(place, after) for place in places)
    assert (here.template_number, there.template_number) == (2, 2)
    assert next(case for case in here.content["cases"] if case["code"] == CASE)["limit"]["amount"] == 5
    assert here.content["fees"][0]["amount"] == 60000
    with tenant_context(places[0]):
        (entry,) = [
            one
            for one in list_entries(subject_type="procedure", subject_id=here.id)
            if one.action == "ADOPT_REQUIRED"
        ]
    assert (entry.note, entry.actor_name) == ("Nghị định 118", "Hệ thống, khi hết hạn áp dụng")
    acts = [
        (act.tenant_code, act.reason) for act in list_acts() if act.action == "template.adopted_by_deadline"
    ]
    assert sorted(acts) == [("H21", "Nghị định 118"), ("H26", "Nghị định 118")]


def test_a_conflict_is_decided_by_nobody_but_the_tenant(publish, places, operator, now, monkeypatch):
    """Take the look at open_count out of adopt_required: DecisionsMissing then stops it, and nothing is adopted either."""
    after = require(publish(limit_of=(CASE,)), operator, now)
    with time_machine.travel(after, tick=False):
        assert carry_out(monkeypatch) == ["H21", "H26"]
    here, there = (running(place, after) for place in places)
    assert (here.template_number, there.template_number) == (1, 2)
    board = selectors.get_adoption_board(CODE, places=places, on=timezone.localdate(after))
    assert [(row.code, row.is_late) for row in board.rows] == [("H21", True), ("H26", False)]
    assert [act.tenant_code for act in list_acts() if act.action == "template.adopted_by_deadline"] == ["H26"]
