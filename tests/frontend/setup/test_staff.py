"""People: list, add, duties, stand-ins, leaving."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Delegation, DutyAssignment, User
from apps.accounts.selectors import find_user_by_username, get_actor
from apps.organisations.selectors import find_unit_by_code
from kernel.outbox.models import OutboxEvent


@pytest.fixture
def user(inside):
    def find(username):
        with inside():
            return find_user_by_username(username)

    return find


@pytest.fixture
def ward(inside, now):
    with inside():
        return find_unit_by_code("H21.101", on=now.date())


def test_the_list_names_duties_and_costs_the_same_at_more_people(admin, ward):
    admin.get("/setup/staff/")
    with CaptureQueriesContext(connection) as before:
        page = admin.get("/setup/staff/").content.decode()
    assert "Trần Thị Tiếp Nhận" in page
    assert "Tiếp nhận hồ sơ" in page
    for number in range(3):
        admin.post(
            "/setup/staff/new/",
            {"full_name": "Người Mới", "username": f"moi{number}", "unit": str(ward.public_id)},
        )
    with CaptureQueriesContext(connection) as after:
        admin.get("/setup/staff/")
    assert len(after) == len(before)


def test_a_person_is_added_gets_a_duty_and_loses_it(admin, ward, user, inside, now):
    answer = admin.post("/setup/staff/new/", {
        "full_name": "Lê  Thị Mới", "username": "moi.lt", "unit": str(ward.public_id), "password": "Hoa-sữa-tháng-10",
    })  # fmt: skip
    made = user("moi.lt")
    place = f"/setup/staff/{made.public_id}/"
    assert answer.headers["Location"] == f"{place}?done=person-created"
    assert made.full_name == "Lê Thị Mới"
    admin.post(
        f"{place}duties/", {"duty": "CASHIER", "duty_unit": str(ward.public_id), "valid_from": "01/01/2026"}
    )
    with inside():
        assert get_actor(made.id, on=now.date()).may("CASHIER", unit_path=ward.path)
        assignment = DutyAssignment.objects.get(user_id=made.id)
    assert "Thu phí, lệ phí" in admin.get(place).content.decode()
    admin.post(f"{place}duties/{assignment.id}/revoke/")
    with inside():
        assert not get_actor(made.id, on=now.date()).grants


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"username": "tiepnhan"}, "đã có người dùng"),
        ({"username": "Có Dấu"}, "chữ thường không dấu"),
        ({"password": "12345"}, "Mật khẩu phải có"),
        ({"unit": ""}, "Hãy chọn đơn vị"),
        ({"full_name": ""}, "họ và tên"),
    ],
)
def test_a_refusal_keeps_what_was_typed_but_no_password(admin, ward, inside, typed, words):
    with inside():
        before = User.objects.count()
    facts = {
        "full_name": "Lê Thị Mới",
        "username": "moi.lt",
        "unit": str(ward.public_id),
        "phone": "0901",
        **typed,
    }
    answer = admin.post("/setup/staff/new/", facts)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="0901"' in page
    assert "12345" not in page
    with inside():
        assert User.objects.count() == before


def test_a_stand_in_is_written_down_with_its_ground(admin, user, inside):
    giver, taker = user("lanhdao"), user("lanhdaophong")
    place = f"/setup/staff/{giver.public_id}/delegations/"
    facts = {"duties": ["SIGNATORY"], "to_user": str(taker.public_id), "to_date": "31/12/2099", "ground": ""}
    refused = admin.post(place, facts)
    assert refused.status_code == 422
    assert "căn cứ" in refused.content.decode()
    assert admin.post(place, {**facts, "ground": "QĐ 12/QĐ-UBND"}).status_code == 302
    page = admin.get(f"/setup/staff/{giver.public_id}/").content.decode()
    assert "QĐ 12/QĐ-UBND" in page
    with inside():
        delegation = Delegation.objects.get(from_user_id=giver.id)
    admin.post(f"{place}{delegation.id}/end/")
    with inside():
        assert Delegation.objects.get(id=delegation.id).ended_at is not None


def test_leaving_shows_what_is_handed_over_and_tells_the_house(admin, sign_in, user, inside):
    leaver, successor = user("chuyenvien"), user("lanhdaophong")
    at_work = sign_in("chuyenvien")
    place = f"/setup/staff/{leaver.public_id}/leave/"
    assert "Chuyên viên thụ lý" in admin.get(place).content.decode()
    assert admin.post(place, {"hand_over_to": ""}).status_code == 422
    answer = admin.post(place, {"hand_over_to": str(successor.public_id)})
    page = answer.content.decode()
    assert "đã thôi làm việc" in page
    assert "Chuyên viên thụ lý" in page  # what the successor still lacks
    with inside():
        event = OutboxEvent.objects.filter(name="accounts.staff_left").latest("id")
    assert event.payload["hand_over_to"] == successor.id
    assert at_work.get("/desk/").status_code == 302  # signed out by the next request
    assert admin.post(place, {"hand_over_to": str(successor.public_id)}).status_code == 422


def test_people_of_other_units_are_not_shown_to_a_ward(sign_in, user, inside):
    ward_admin = sign_in("quantri")
    stranger = user("tiepnhan2")  # at the ward of Quy Nhơn
    assert ward_admin.get(f"/setup/staff/{stranger.public_id}/").status_code == 403
    assert (
        ward_admin.post(
            f"/setup/staff/{stranger.public_id}/password/", {"password": "Hoa-sữa-tháng-10"}
        ).status_code
        == 403
    )
    assert stranger.full_name not in ward_admin.get("/setup/staff/").content.decode()


def test_another_tenants_people_are_absent(sign_in, user):
    ha_noi = sign_in("quantri", host="hanoi.localhost")
    assert ha_noi.get(f"/setup/staff/{user('tiepnhan').public_id}/").status_code == 404
