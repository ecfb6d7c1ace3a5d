"""The main job through the services, from the hand that gives to the hand that takes."""

from datetime import datetime, timedelta

import pytest

from apps.audit.models import Entry
from apps.deadlines import selectors as deadlines
from apps.documents import selectors as documents
from apps.dossiers import errors, services
from apps.dossiers.enums import Status
from apps.dossiers.selectors import list_timeline
from apps.dossiers.services.returning import HandOver, ResultIn
from apps.fees import selectors as fees
from apps.fees.errors import FeeUnpaid
from apps.results import selectors as results
from apps.workflow import selectors as workflow
from kernel.outbox.models import OutboxEvent
from tests.conftest import VIETNAM


def _birth_certificate(now):
    return ResultIn(
        code="KQ.G15.000031",
        name="Giấy khai sinh",
        number="123/2026",
        signed_by_name="Hoàng Thị Chủ Tịch",
        signed_on=now.date(),
    )


def test_birth_registration_from_intake_to_returned_result(make_dossier, actor, complete, reload, now):
    dossier = make_dossier()
    assert (dossier.status, dossier.code) == (Status.SUBMITTED, "H21.101.01-261123-0001")

    services.accept(dossier_id=dossier.id, by=actor("tiepnhan"), now=now)
    dossier = reload(dossier)
    assert dossier.status == Status.ACCEPTED
    # Received at 09:00, before the cutoff: due at the end of the same working day.
    assert dossier.due_at == datetime(2026, 11, 23, 17, 0, tzinfo=VIETNAM)
    assert [paper.form for paper in documents.list_issued(subject_id=dossier.id)] == ["01"]

    complete(dossier, "chuyenvien")
    assert reload(dossier).status == Status.PROCESSING
    complete(dossier, "lanhdao")
    services.record_result(
        dossier_id=dossier.id,
        result=_birth_certificate(now),
        by=actor("vanthu"),
        now=now + timedelta(minutes=30),
    )
    complete(dossier, "vanthu", after=timedelta(hours=1))
    dossier = reload(dossier)
    assert (dossier.status, dossier.finished_at) == (Status.FINISHED, now + timedelta(hours=1))
    assert not results.get_results(subject_id=dossier.id)[0].is_delivered

    services.return_result(
        dossier_id=dossier.id,
        hand_over=HandOver(method="DESK", receiver_name="Nguyễn Văn Bình", receiver_identity="052090001234"),
        by=actor("traketqua"),
        now=now + timedelta(hours=2),
    )
    dossier = reload(dossier)
    assert (dossier.status, dossier.ended_at) == (Status.RETURNED, now + timedelta(hours=2))
    assert results.get_results(subject_id=dossier.id)[0].is_delivered
    assert deadlines.get_due(dossier.id).stopped_at == now + timedelta(hours=1)
    assert workflow.list_open_steps(dossier.id) == []
    actions = [line.action for line in list_timeline(dossier_id=dossier.id)]
    assert actions[0] == "SUBMIT"
    assert actions[-1] == "RETURN_RESULT"
    assert {"ACCEPT", "START_PROCESSING", "FINISH", "RECORD_RESULT"} <= set(actions)


def test_steps_are_done_by_three_different_people(accepted, complete, reload):
    dossier = accepted()
    for username in ("chuyenvien", "lanhdao", "vanthu"):
        complete(dossier, username)
    people = [step.closed_by_name for step in workflow.list_steps(dossier.id)]
    assert people == ["Phạm Thị Chuyên Viên", "Hoàng Thị Chủ Tịch", "Ngô Thị Văn Thư"]


def test_a_supplement_pauses_the_clock_and_gives_the_time_back(accepted, actor, complete, reload, now):
    dossier = accepted()
    complete(dossier, "chuyenvien")
    before = reload(dossier).due_at
    asked = now + timedelta(hours=1)
    services.request_supplement(
        dossier_id=dossier.id,
        items=["Giấy chứng sinh bản chính"],
        reason="Bản sao không đọc được",
        ground="Khoản 1 Điều 16 Luật Hộ tịch",
        by=actor("chuyenvien"),
        now=asked,
    )
    dossier = reload(dossier)
    assert (dossier.status, dossier.supplement_from) == (Status.AWAITING_SUPPLEMENT, Status.PROCESSING)
    assert [paper.form for paper in documents.list_issued(subject_id=dossier.id)] == ["01", "02"]
    with pytest.raises(errors.StepsPaused):
        complete(dossier, "lanhdao")

    services.receive_supplement(dossier_id=dossier.id, by=actor("tiepnhan"), now=asked + timedelta(hours=1))
    dossier = reload(dossier)
    assert dossier.status == Status.PROCESSING
    assert dossier.due_at > before
    text = " ".join(line["kind"] for line in deadlines.get_due(dossier.id).explanation)
    assert "PAUSE" in text


def test_a_second_supplement_needs_a_chief(accepted, actor, complete, reload, now):
    dossier = accepted()
    complete(dossier, "chuyenvien")

    def ask(username, at):
        services.request_supplement(
            dossier_id=dossier.id,
            items=["Giấy tờ"],
            reason="Thiếu",
            ground="Luật",
            by=actor(username),
            now=at,
        )

    ask("chuyenvien", now + timedelta(minutes=30))
    services.receive_supplement(dossier_id=dossier.id, by=actor("tiepnhan"), now=now + timedelta(minutes=40))
    before = Entry.objects.count(), OutboxEvent.objects.count()
    with pytest.raises(errors.SupplementLimitReached) as refusal:
        ask("chuyenvien", now + timedelta(minutes=50))
    assert "1 lần" in str(refusal.value)
    assert (Entry.objects.count(), OutboxEvent.objects.count()) == before
    ask("lanhdao", now + timedelta(minutes=55))
    assert reload(dossier).supplement_count == 2


def test_a_supplement_before_acceptance_starts_no_clock(make_dossier, actor, reload, now):
    dossier = make_dossier()
    services.request_supplement(
        dossier_id=dossier.id, items=["Tờ khai"], reason="Thiếu", ground="Luật", by=actor("tiepnhan"), now=now
    )
    services.receive_supplement(dossier_id=dossier.id, by=actor("tiepnhan"), now=now + timedelta(hours=1))
    dossier = reload(dossier)
    assert (dossier.status, dossier.supplement_count) == (Status.SUBMITTED, 0)


def test_construction_permit_asks_two_opinions_at_once(accepted, complete, filled):
    dossier = accepted(**filled("1.013225"))
    complete(dossier, "chuyenvien")
    opened = workflow.list_open_steps(dossier.id)
    assert len(opened) == 2
    assert all(step.duty == "SPECIALIST" for step in opened)


def test_payment_pauses_until_the_money_is_there(accepted, actor, filled, reload, now):
    dossier = accepted(**filled("2.000635", copies=2))
    owed = fees.get_fees(subject_id=dossier.id)
    assert owed.total == 16000
    services.claim_step(
        dossier_id=dossier.id,
        step_id=workflow.list_open_steps(dossier.id)[0].public_id,
        by=actor("chuyenvien"),
        now=now,
    )
    services.request_payment(
        dossier_id=dossier.id,
        reason="Nộp lệ phí",
        ground="TT 281/2016/TT-BTC",
        by=actor("chuyenvien"),
        now=now,
    )
    assert reload(dossier).status == Status.AWAITING_PAYMENT
    with pytest.raises(FeeUnpaid):
        services.confirm_payment(dossier_id=dossier.id, receipt_no="BL1", by=actor("thuphi"), now=now)
    for _ in range(2):
        services.record_fee_payment(
            dossier_id=dossier.id,
            amount=16000,
            method="CASH",
            receipt_no="BL1",
            key="k1",
            by=actor("thuphi"),
            now=now,
        )
    services.confirm_payment(
        dossier_id=dossier.id, receipt_no="BL1", by=actor("thuphi"), now=now + timedelta(hours=2)
    )
    assert reload(dossier).status == Status.PROCESSING
    assert fees.get_fees(subject_id=dossier.id).paid == 16000


@pytest.mark.parametrize("status", ["SUBMITTED", "ACCEPTED", "PROCESSING"])
def test_withdrawal_goes_back_to_where_it_was_or_ends(make_dossier, actor, complete, reload, now, status):
    dossier = make_dossier()
    if status != "SUBMITTED":
        services.accept(dossier_id=dossier.id, by=actor("tiepnhan"), now=now)
    if status == "PROCESSING":
        complete(dossier, "chuyenvien")
    before = reload(dossier).status
    later = now + timedelta(minutes=10)
    services.request_withdrawal(
        dossier_id=dossier.id, reason="Không cần nữa", by=actor("tiepnhan"), now=later
    )
    services.decline_withdrawal(dossier_id=dossier.id, reason="Đã ký", by=actor("lanhdao"), now=later)
    assert reload(dossier).status == before
    services.request_withdrawal(
        dossier_id=dossier.id, reason="Không cần nữa", by=actor("tiepnhan"), now=later
    )
    services.approve_withdrawal(dossier_id=dossier.id, by=actor("lanhdao"), now=later)
    assert reload(dossier).status == Status.STOPPED
    assert workflow.list_open_steps(dossier.id) == []


def test_refusal_needs_a_reason_and_issues_form_03(make_dossier, actor, reload, now):
    dossier = make_dossier()
    with pytest.raises(errors.ReasonMissing):
        services.refuse_intake(dossier_id=dossier.id, reason="  ", by=actor("tiepnhan"), now=now)
    assert reload(dossier).status == Status.SUBMITTED
    services.refuse_intake(
        dossier_id=dossier.id, reason="Không thuộc thẩm quyền", by=actor("tiepnhan"), now=now
    )
    assert reload(dossier).status == Status.NOT_ACCEPTED
    assert [paper.form for paper in documents.list_issued(subject_id=dossier.id)] == ["03"]


def test_a_chief_stops_with_ground_and_form_05(accepted, actor, reload, now):
    dossier = accepted()
    with pytest.raises(errors.GroundMissing):
        services.stop(dossier_id=dossier.id, reason="Trùng", ground="", by=actor("lanhdao"), now=now)
    services.stop(
        dossier_id=dossier.id, reason="Trùng hồ sơ", ground="NĐ 118/2025", by=actor("lanhdao"), now=now
    )
    assert reload(dossier).status == Status.STOPPED
    assert [paper.form for paper in documents.list_issued(subject_id=dossier.id)] == ["01", "05"]


def test_the_second_of_two_moves_is_refused_and_changes_nothing(make_dossier, actor, now):
    dossier = make_dossier()
    services.accept(dossier_id=dossier.id, by=actor("tiepnhan"), now=now)
    before = (
        Entry.objects.count(),
        OutboxEvent.objects.count(),
        len(documents.list_issued(subject_id=dossier.id)),
    )
    with pytest.raises(errors.MoveNotOpen) as refusal:
        services.accept(dossier_id=dossier.id, by=actor("tiepnhan"), now=now)
    assert dossier.code in str(refusal.value)
    after = (
        Entry.objects.count(),
        OutboxEvent.objects.count(),
        len(documents.list_issued(subject_id=dossier.id)),
    )
    assert after == before


@pytest.mark.parametrize("username", ["chuyenvien", "lanhdao", "kythuat", "tiepnhan2"])
def test_who_has_not_the_duty_is_refused(make_dossier, actor, reload, now, username):
    dossier = make_dossier()
    before = Entry.objects.count()
    with pytest.raises(errors.DutyMissing):
        services.accept(dossier_id=dossier.id, by=actor(username), now=now)
    assert reload(dossier).status == Status.SUBMITTED
    assert Entry.objects.count() == before


def test_an_extension_keeps_the_status_and_explains_itself(accepted, actor, reload, now):
    dossier = accepted()
    until = now + timedelta(days=2)
    services.extend(
        dossier_id=dossier.id,
        until=until,
        reason="Cần xác minh",
        ground="NĐ 118/2025",
        by=actor("lanhdao"),
        now=now,
    )
    dossier = reload(dossier)
    assert dossier.status == Status.ACCEPTED
    assert dossier.due_at >= until
    with pytest.raises(errors.DutyMissing):
        services.extend(
            dossier_id=dossier.id, until=until, reason="x", ground="x", by=actor("tiepnhan"), now=now
        )
