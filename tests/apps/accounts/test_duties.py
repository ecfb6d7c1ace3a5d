"""Duties and their scopes, delegation, and leaving."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts import errors
from apps.accounts.enums import Duty
from apps.accounts.models import Delegation, DutyAssignment, User
from apps.accounts.selectors import (
    get_actor,
    list_assignments,
    list_people_with_duty,
    list_unfilled_duties,
    list_users,
)
from apps.accounts.services import (
    assign_duty,
    create_user,
    delegate,
    edit_user,
    end_delegation,
    retire_user,
    revoke_duty,
    set_password,
)
from apps.audit.models import Entry
from apps.organisations.errors import NotYourUnit, UnitUnknown
from kernel.actors import SYSTEM, ActorKind
from kernel.outbox.models import OutboxEvent
from tenants.registry.context import tenant_context
from tests.apps.accounts.conftest import PASSWORD

START = date(2026, 1, 1)


@pytest.fixture
def assign(now):
    def give(user, duty, unit, **scope):
        return assign_duty(
            user_id=user.id, duty=duty, unit_id=unit.id, by=SYSTEM, now=now, **{"valid_from": START, **scope}
        )

    return give


@pytest.fixture
def stand_in(place, now):
    def stand(**changes):
        facts = {
            "from_user_id": place.mai.id,
            "to_user_id": place.binh.id,
            "duties": ("SIGNATORY",),
            "from_date": date(2026, 11, 20),
            "to_date": date(2026, 11, 25),
            "ground": "QĐ 12/QĐ-UBND",
            "by": SYSTEM,
            "now": now,
        }
        return delegate(**{**facts, **changes})

    return stand


def test_get_actor_knows_scope_in_one_query(place, assign, stand_in, today):
    assign(place.mai, "SIGNATORY", place.pleiku, procedure_code="1.001193", step_key="ky")
    assign(place.binh, "RECEPTION", place.pleiku)
    stand_in()
    with CaptureQueriesContext(connection) as queries:
        actor = get_actor(place.binh.id, on=today)
    assert len(queries) == 1
    assert (actor.kind, actor.name, actor.unit_id) == (ActorKind.STAFF, "Rơ Châm Bình", place.pleiku.id)
    assert actor.may(Duty.RECEPTION, unit_path=f"{place.pleiku.path}77/")
    assert not actor.may(Duty.RECEPTION, unit_path=place.quynhon.path)
    assert not actor.may(Duty.RECEPTION, unit_path=place.province.path)
    assert actor.may(Duty.SIGNATORY, unit_path=place.pleiku.path, procedure="1.001193", step="ky")
    assert not actor.may(Duty.SIGNATORY, unit_path=place.pleiku.path, procedure="1.000894", step="ky")
    assert [grant.on_behalf_of for grant in actor.grants if grant.duty == "SIGNATORY"] == [place.mai.id]


def test_get_actor_of_one_without_duties_or_gone(place, now, today):
    assert get_actor(place.mai.id, on=today).grants == ()
    retire_user(user_id=place.mai.id, hand_over_to=None, by=SYSTEM, now=now)
    for user_id in (place.mai.id, 999_999):
        with pytest.raises(errors.UserUnknown):
            get_actor(user_id, on=today)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2026, 2, 28), True),
        (date(2026, 3, 1), False),
    ],
)
def test_a_duty_holds_from_its_first_to_its_last_day(place, assign, day, holds):
    assign(place.mai, "CASHIER", place.pleiku, valid_from=date(2026, 2, 1), valid_to=date(2026, 2, 28))
    assert get_actor(place.mai.id, on=day).may(Duty.CASHIER, unit_path=place.pleiku.path) is holds


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 11, 19), False),
        (date(2026, 11, 20), True),
        (date(2026, 11, 25), True),
        (date(2026, 11, 26), False),
    ],
)
def test_a_delegation_holds_on_its_days(place, assign, stand_in, day, holds):
    assign(place.mai, "SIGNATORY", place.pleiku)
    stand_in()
    assert get_actor(place.binh.id, on=day).may(Duty.SIGNATORY, unit_path=place.pleiku.path) is holds


def test_a_delegation_ends_with_the_givers_own_duty_and_is_not_passed_on(place, assign, stand_in, now, today):
    assignment = assign(place.mai, "SIGNATORY", place.pleiku)
    stand_in()
    with pytest.raises(errors.DutyNotHeld):
        stand_in(from_user_id=place.binh.id, to_user_id=place.lan.id)
    revoke_duty(assignment_id=assignment, by=SYSTEM, now=now)
    assert not get_actor(place.binh.id, on=today).grants


def test_end_delegation_takes_it_back_at_once(place, assign, stand_in, now, today):
    assign(place.mai, "SIGNATORY", place.pleiku)
    delegation = stand_in()
    end_delegation(delegation_id=delegation, by=get_actor(place.mai.id, on=today), now=now)
    end_delegation(delegation_id=delegation, by=SYSTEM, now=now)
    assert not get_actor(place.binh.id, on=today).grants


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ground": "  "}, errors.DelegationGroundMissing),
        ({"to_date": date(2026, 11, 19)}, errors.DatesReversed),
        ({"from_date": date(2026, 11, 1), "to_date": date(2026, 11, 22)}, errors.DelegationInThePast),
        ({"duties": ()}, errors.DutyUnknown),
        ({"duties": ("KING",)}, errors.DutyUnknown),
        ({"duties": ("CASHIER",)}, errors.DutyNotHeld),
        ({"to_user_id": 999_999}, errors.UserUnknown),
    ],
)
def test_delegate_refuses_and_changes_nothing(place, assign, stand_in, changes, refusal):
    assign(place.mai, "SIGNATORY", place.pleiku)
    with pytest.raises(refusal):
        stand_in(**changes)
    assert not Delegation.objects.filter(from_user_id=place.mai.id).exists()
    assert not Entry.objects.filter(action="duty.delegated", subject_id=place.mai.id).exists()


def test_delegate_to_oneself_is_refused(place, assign, stand_in):
    assign(place.mai, "SIGNATORY", place.pleiku)
    with pytest.raises(errors.DelegationToSelf):
        stand_in(to_user_id=place.mai.id)


def test_an_administrator_gives_duties_over_their_own_unit_only(place, now):
    facts = {"user_id": place.mai.id, "valid_from": START, "by": place.admin, "now": now}
    assign_duty(duty="RECEPTION", unit_id=place.pleiku.id, **facts)
    for unit in (place.province, place.quynhon):
        with pytest.raises(NotYourUnit):
            assign_duty(duty="RECEPTION", unit_id=unit.id, **facts)
    with pytest.raises(NotYourUnit):
        set_password(user_id=place.lan.id, password=PASSWORD, by=place.admin, now=now)
    with pytest.raises(NotYourUnit):
        retire_user(user_id=place.lan.id, hand_over_to=None, by=place.admin, now=now)
    with pytest.raises(NotYourUnit):
        edit_user(user_id=place.mai.id, full_name="Mai", unit_id=place.province.id, by=place.admin, now=now)
    assert DutyAssignment.objects.filter(user_id=place.mai.id).count() == 1
    assert User.objects.get(id=place.lan.id).is_active


def test_a_technician_may_change_nobody(place, assign, now, today):
    assign(place.lan, "TECHNICIAN", place.province)
    with pytest.raises(NotYourUnit):
        assign_duty(
            user_id=place.lan.id,
            duty="SIGNATORY",
            unit_id=place.province.id,
            valid_from=START,
            by=get_actor(place.lan.id, on=today),
            now=now,
        )


def test_the_same_duty_twice_is_refused(place, assign):
    assign(place.mai, "RECEPTION", place.pleiku)
    assign(place.mai, "RECEPTION", place.pleiku, procedure_code="1.001193")
    with pytest.raises(errors.DutyAlreadyHeld) as refusal:
        assign(place.mai, "RECEPTION", place.pleiku)
    assert "Tiếp nhận hồ sơ" in str(refusal.value)


def test_assign_duty_refuses_what_is_not_there(place, assign):
    with pytest.raises(errors.DutyUnknown):
        assign(place.mai, "KING", place.pleiku)
    with pytest.raises(errors.DatesReversed):
        assign(place.mai, "CASHIER", place.pleiku, valid_to=START - timedelta(days=1))
    with pytest.raises(UnitUnknown):
        assign(place.mai, "CASHIER", replace(place.pleiku, id=999_999))
    assert not DutyAssignment.objects.filter(user_id=place.mai.id).exists()


def test_revoke_duty_takes_it_at_once_and_only_once(place, assign, now, today):
    assignment = assign(place.mai, "RECEPTION", place.pleiku, valid_from=today)
    revoke_duty(assignment_id=assignment, by=SYSTEM, now=now)
    assert not get_actor(place.mai.id, on=today).grants
    with pytest.raises(errors.AssignmentEnded):
        revoke_duty(assignment_id=assignment, by=SYSTEM, now=now)
    assign(place.mai, "RECEPTION", place.pleiku)


def test_list_people_with_duty_counts_those_above_and_those_who_stand_in(
    place, assign, stand_in, today, ha_noi
):
    assign(place.mai, "SIGNATORY", place.pleiku)
    assign(place.lan, "SIGNATORY", place.province, procedure_code="1.001193")
    stand_in()

    def names(unit, procedure):
        found = list_people_with_duty(duty="SIGNATORY", unit_path=unit.path, procedure=procedure, on=today)
        return [user.username for user in found]

    assert names(place.pleiku, "1.001193") == ["lan", "mai", "binh"]  # Đặng, Nguyễn, Rơ Châm
    assert names(place.pleiku, "1.000894") == ["mai", "binh"]
    assert names(place.quynhon, "1.001193") == ["lan"]
    assert list_unfilled_duties(unit_path=place.pleiku.path, duties=("SIGNATORY", "CASHIER"), on=today) == [
        "CASHIER"
    ]
    with tenant_context(ha_noi):
        assert names(place.pleiku, "1.001193") == []


def test_retire_user_closes_everything_and_tells_the_house(place, assign, stand_in, now, today):
    for duty in ("SIGNATORY", "CASHIER"):
        assign(place.mai, duty, place.pleiku)
    assign(place.binh, "CASHIER", place.province)
    stand_in()
    before = OutboxEvent.objects.count()
    over = retire_user(user_id=place.mai.id, hand_over_to=place.binh.id, by=SYSTEM, now=now)
    assert [view.duty for view in over.ended] == ["SIGNATORY", "CASHIER"]
    assert [view.duty for view in over.uncovered] == ["SIGNATORY"]  # the wider CASHIER covers the narrower
    assert list_assignments(user_id=place.mai.id, on=today) == []
    assert [grant.duty for grant in get_actor(place.binh.id, on=today).grants] == ["CASHIER"]
    event = OutboxEvent.objects.latest("id")
    assert OutboxEvent.objects.count() == before + 1
    assert (event.name, event.payload["user_id"], event.payload["hand_over_to"]) == (
        "accounts.staff_left",
        place.mai.id,
        place.binh.id,
    )
    with pytest.raises(errors.UserRetired):
        retire_user(user_id=place.mai.id, hand_over_to=None, by=SYSTEM, now=now)


def test_retire_user_refuses_a_successor_who_is_not_there(place, now):
    for successor in (place.mai.id, 999_999):
        with pytest.raises(errors.SuccessorRetired):
            retire_user(user_id=place.mai.id, hand_over_to=successor, by=SYSTEM, now=now)
    assert User.objects.get(id=place.mai.id).is_active
    assert not OutboxEvent.objects.filter(name="accounts.staff_left").exists()


@pytest.mark.parametrize(
    "password", ["ngắn", "12345678901234", "password1234", "mai", "Nguyễn Thị Mai", "a" * 300]
)
def test_a_weak_password_is_refused(place, now, password):
    before = User.objects.get(id=place.mai.id).password
    with pytest.raises(errors.PasswordWeak):
        set_password(user_id=place.mai.id, password=password, by=SYSTEM, now=now)
    assert User.objects.get(id=place.mai.id).password == before


@pytest.mark.parametrize("username", ["", "ab", "Có Dấu", "a b c", "-abc", "x" * 61])
def test_create_user_refuses_a_bad_name(place, now, username):
    with pytest.raises(errors.UsernameInvalid):
        create_user(
            username=username, full_name="Ai", unit_id=place.pleiku.id, password=None, by=SYSTEM, now=now
        )


def test_create_user_refuses_a_taken_name(place, now):
    with pytest.raises(errors.UsernameTaken):
        create_user(
            username="MAI", full_name="Mai khác", unit_id=place.pleiku.id, password=None, by=SYSTEM, now=now
        )


def test_list_users_is_in_vietnamese_order_found_without_marks_and_costs_one_query(place, now):
    with CaptureQueriesContext(connection) as queries:
        names = [user.full_name for user, _ in list_users(under=place.province.path)]
    assert names == ["Đặng Ngọc Lan", "Nguyễn Thị Mai", "Rơ Châm Bình"]
    assert len(queries) == 1
    assert [user.username for user, _ in list_users(search="nguyen mai", under=place.province.path)] == [
        "mai"
    ]
    assert [user.username for user, _ in list_users(under=place.pleiku.path)] == ["mai", "binh"]
