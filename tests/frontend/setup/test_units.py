"""Units: list, add, edit, close; only one's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.organisations.models import Unit
from apps.organisations.selectors import find_unit_by_code


@pytest.fixture
def unit(inside, now):
    def find(code):
        with inside():
            return find_unit_by_code(code, on=now.date())

    return find


def new(parent, **changes):
    return {
        "parent": str(parent.public_id), "kind": "DIVISION", "code": "H21.101.09", "name": "Phòng Thử nghiệm",
        "valid_from": "01/07/2025", **changes,
    }  # fmt: skip


def test_the_list_is_the_tree_of_the_own_units_and_is_searched_without_marks(admin, sign_in):
    page = admin.get("/setup/units/").content.decode()
    assert "Sở Nội vụ" in page
    assert "H26" not in page
    found = admin.get("/setup/units/", {"q": "so noi vu"}).content.decode()
    assert "H21.15" in found
    assert "H21.101.01" not in found


def test_an_administrator_of_a_ward_sees_and_changes_the_ward_only(sign_in, unit):
    ward_admin = sign_in("quantri")  # of H21.101 in the furniture
    page = ward_admin.get("/setup/units/").content.decode()
    assert "H21.101.01" in page
    assert "H21.15" not in page
    department = unit("H21.15")
    answer = ward_admin.post(f"/setup/units/{department.public_id}/", {"name": "Sở của tôi"})
    assert answer.status_code == 422
    assert unit("H21.15").name == "Sở Nội vụ"
    answer = ward_admin.post("/setup/units/new/", new(department, code="H21.15.09"))
    assert answer.status_code == 422
    assert unit("H21.15.09") is None


def test_the_list_costs_the_same_at_more_units(admin, unit):
    admin.get("/setup/units/")
    with CaptureQueriesContext(connection) as before:
        admin.get("/setup/units/")
    for number in range(3):
        admin.post("/setup/units/new/", new(unit("H21.101"), code=f"H21.101.1{number}"))
    with CaptureQueriesContext(connection) as after:
        admin.get("/setup/units/")
    assert len(after) == len(before)


def test_a_unit_is_added_edited_and_closed(admin, unit):
    answer = admin.post("/setup/units/new/", new(unit("H21.101")))
    made = unit("H21.101.09")
    assert answer.headers["Location"] == f"/setup/units/{made.public_id}/?done=unit-created"
    assert "Đã thêm đơn vị" in admin.get(answer.headers["Location"]).content.decode()
    admin.post(f"/setup/units/{made.public_id}/", {"name": "Phòng Mới", "receives": "1"})
    assert (unit("H21.101.09").name, unit("H21.101.09").receives) == ("Phòng Mới", True)
    admin.post(f"/setup/units/{made.public_id}/codes/", {"system": "LOCAL", "alias": "PM-01"})
    assert unit("PM-01").id == made.id
    admin.post(f"/setup/units/{made.public_id}/close/", {"last_day": "31/12/2026", "successor": ""})
    assert f"{unit('H21.101.09').valid_to:%d/%m/%Y}" == "31/12/2026"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "21.101"}, "không đúng Quyết định 20/2020"),
        ({"code": "H21.15"}, "đang là mã của Sở Nội vụ"),
        ({"name": " "}, "Đơn vị phải có tên"),
        ({"valid_from": "31/02/2026"}, "ngày/tháng/năm"),
        ({"parent": "nonsense"}, "đơn vị cấp trên"),
        ({"kind": "KINGDOM"}, "Không có loại đơn vị"),
    ],
)
def test_a_refusal_keeps_what_was_typed_and_changes_nothing(admin, unit, inside, changes, words):
    with inside():
        before = Unit.objects.count()
    answer = admin.post("/setup/units/new/", {**new(unit("H21.101"), phone="0269 1234"), **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="0269 1234"' in page
    with inside():
        assert Unit.objects.count() == before


def test_a_clerk_has_no_setup_room_and_a_stranger_is_sent_to_sign_in(sign_in, client, unit):
    assert sign_in("tiepnhan").get("/setup/units/").status_code == 403
    assert sign_in("kiemsoat").get("/setup/units/").status_code == 403
    assert client.get("/setup/units/", HTTP_HOST="gialai.localhost").status_code == 302
    ha_noi = sign_in("quantri", host="hanoi.localhost")
    assert ha_noi.get(f"/setup/units/{unit('H21.101').public_id}/").status_code == 404
