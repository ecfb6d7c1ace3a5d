"""Who may do a step, who holds it, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from apps.accounts.selectors import get_actor
from apps.accounts.services import delegate, retire_user
from apps.audit.models import Entry
from apps.workflow import errors
from apps.workflow.selectors import (
    can_assign_step,
    can_claim_step,
    can_complete_step,
    get_step,
    list_open_steps,
    open_subject_ids,
)
from apps.workflow.services import assign_step, claim_step, hand_over, release_step
from kernel.actors import SYSTEM, Grant
from tests.apps.workflow.conftest import SUBJECT


@pytest.fixture
def review(office, begin, done):
    """The open step ``tham-dinh``: for a SPECIALIST of the Sở Tư pháp."""
    return done(begin().opened[0], office.head).opened[0]


def place(step, by, now):
    return {"subject_id": step.subject_id, "step_id": step.public_id, "by": by, "now": now}


def nothing_happened(step):
    assert get_step(step.public_id) == step
    assert not Entry.objects.filter(action__startswith="workflow.step", after__step=step.key).exists()
    return True


def test_complete_step_needs_the_duty_at_that_unit(office, review, done):
    for stranger in (office.head, office.lan, SYSTEM):
        with pytest.raises(errors.DutyMissing, match="Chuyên viên"):
            done(review, stranger, "propose")
    assert nothing_happened(review)


@pytest.mark.parametrize("decision", [None, "", "approve"])
def test_complete_step_takes_only_a_decision_of_the_step(office, review, done, decision):
    with pytest.raises(errors.DecisionUnknown, match="Lấy ý kiến, Trình cấp phép"):
        done(review, office.mai, decision)
    assert nothing_happened(review)


def test_complete_step_without_decisions_takes_none(office, begin, done):
    (step,) = begin().opened
    with pytest.raises(errors.DecisionUnknown):
        done(step, office.head, "approve")
    assert nothing_happened(step)


def test_a_step_is_completed_once(office, review, done):
    done(review, office.mai, "propose")
    with pytest.raises(errors.StepNotOpen):
        done(review, office.binh, "propose")
    assert len(list_open_steps(SUBJECT)) == 1


def test_a_step_of_another_subject_is_absent(office, review, done):
    with pytest.raises(errors.StepUnknown):
        done(replace(review, subject_id=1), office.mai, "propose")
    assert nothing_happened(review)


def test_claim_keeps_others_out_until_released(office, review, done, now):
    assert claim_step(**place(review, office.mai, now)).holder_id == office.mai.id
    held = claim_step(**place(review, office.mai, now))  # again: nothing changes
    assert Entry.objects.filter(action="workflow.step_claimed").count() == 1
    assert can_complete_step(office.mai, held)
    assert not can_complete_step(office.binh, held)
    assert not can_claim_step(office.binh, held)
    for refused in (
        lambda: claim_step(**place(review, office.binh, now)),
        lambda: release_step(**place(review, office.binh, now)),
        lambda: done(review, office.binh, "propose"),
    ):
        with pytest.raises(errors.StepHeldBySomebodyElse):
            refused()
    assert get_step(review.public_id) == held
    assert release_step(**place(review, office.mai, now)).holder_id is None
    assert done(review, office.binh, "propose").closed.closed_by_id == office.binh.id


def test_claim_needs_the_duty(office, review, now):
    assert not can_claim_step(office.lan, review)
    with pytest.raises(errors.DutyMissing):
        claim_step(**place(review, office.lan, now))
    assert nothing_happened(review)


def test_assign_is_for_those_who_lead_and_to_those_who_may(office, review, now):
    assert can_assign_step(office.head, review)
    assert not can_assign_step(office.mai, review)
    with pytest.raises(errors.AssigningNotAllowed):
        assign_step(user_id=office.binh.id, **place(review, office.mai, now))
    with pytest.raises(errors.AssigneeWithoutDuty, match="Đặng Ngọc Lan"):
        assign_step(user_id=office.lan.id, **place(review, office.head, now))
    assert nothing_happened(review)
    assign_step(user_id=office.binh.id, **place(review, office.head, now))
    assert assign_step(user_id=office.mai.id, **place(review, office.head, now)).holder_id == office.mai.id
    assert release_step(**place(review, office.head, now)).holder_id is None


def test_a_stand_in_acts_on_behalf_of_the_holder_and_it_is_kept(office, review, done, now):
    claim_step(**place(review, office.mai, now))
    delegate(
        from_user_id=office.mai.id,
        to_user_id=office.lan.id,
        duties=("SPECIALIST",),
        from_date=date(2026, 11, 20),
        to_date=date(2026, 11, 30),
        ground="QĐ 12/QĐ-STP",
        by=SYSTEM,
        now=now,
    )
    lan = get_actor(office.lan.id, on=now.date())
    closed = done(review, lan, "propose").closed
    assert (closed.closed_by_id, closed.on_behalf_of_id) == (lan.id, office.mai.id)
    entry = Entry.objects.filter(action="workflow.step_completed").last()
    assert entry.after["on_behalf_of"] == office.mai.id


def test_an_own_duty_comes_before_a_delegated_one(office, review, done):
    both = replace(
        office.mai,
        grants=(Grant("SPECIALIST", office.justice.path, on_behalf_of=office.binh.id), *office.mai.grants),
    )
    assert done(review, both, "propose").closed.on_behalf_of_id is None


def test_hand_over_gives_what_fits_and_frees_the_rest(office, begin, done, now):
    steps = [done(begin(subject).opened[0], office.head).opened[0] for subject in (1, 2, 3)]
    for step in steps[:2]:
        claim_step(**place(step, office.mai, now))
    assert hand_over(from_user_id=office.mai.id, to_user_id=office.binh.id, by=SYSTEM, now=now) == 2
    assert [get_step(step.public_id).holder_id for step in steps] == [office.binh.id, office.binh.id, None]
    assert hand_over(from_user_id=office.mai.id, to_user_id=office.binh.id, by=SYSTEM, now=now) == 0
    assert hand_over(from_user_id=office.binh.id, to_user_id=office.lan.id, by=SYSTEM, now=now) == 2
    assert get_step(steps[0].public_id).holder_id is None  # lan is of another unit


def test_hand_over_to_one_who_has_left_frees_all(office, review, now):
    claim_step(**place(review, office.mai, now))
    retire_user(user_id=office.binh.id, hand_over_to=None, by=SYSTEM, now=now)
    assert hand_over(from_user_id=office.mai.id, to_user_id=office.binh.id, by=SYSTEM, now=now) == 1
    assert get_step(review.public_id).holder_id is None


def test_open_subject_ids_answers_whose_turn_it_is(office, begin, done, now):
    first, second = (done(begin(subject).opened[0], office.head).opened[0] for subject in (1, 2))
    begin(3)
    claim_step(**place(first, office.mai, now))

    def ask(**question):
        return sorted(row["subject_id"] for row in open_subject_ids(**question))

    assert ask(held_by=office.mai.id) == [1]
    assert ask(for_grants=office.binh.grants) == [1, 2]
    assert ask(for_grants=office.head.grants) == [3]
    assert ask(for_grants=office.lan.grants) == ask(for_grants=()) == ask(unit_paths=[]) == []
    assert ask(for_grants=(Grant("SPECIALIST", office.province.path, procedure="1.001193"),)) == []
    assert ask(for_grants=(Grant("SPECIALIST", office.province.path, step="tham-dinh"),)) == [1, 2]
    assert ask(unit_paths=[office.province.path], duties=["DIVISION_HEAD", "SIGNATORY"]) == [3]
    assert ask(unit_paths=[office.police.path]) == []
    assert second.is_open
