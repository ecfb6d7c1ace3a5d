"""The operators' room: the fleet, the templates, the national calendar; for operators only."""

import pytest
from django.test import Client

from apps.catalogue.selectors import list_national_days
from tests.furniture import PASSWORD


def test_guessing_an_operators_password_is_stopped(operator):
    thief = Client(HTTP_HOST="localhost")
    for _ in range(10):
        assert thief.post("/sign-in/", {"username": "vanhanh", "password": "sai"}).status_code == 422
    answer = thief.post("/sign-in/", {"username": "vanhanh", "password": PASSWORD})
    assert answer.status_code == 403
    assert "15 phút" in answer.content.decode()


def test_the_fleet_is_a_table(operator):
    page = operator.get("/").content.decode()
    for part in ("Tỉnh Gia Lai", "Thành phố Hà Nội", "gialai.localhost", "12 / 12"):
        assert part in page
    found = operator.get("/", {"q": "ha noi"}).content.decode()
    assert "Tỉnh Gia Lai" not in found


def test_one_tenant_names_what_it_runs(operator):
    page = operator.get("/tenants/H21/").content.decode()
    assert "1.001193" in page
    assert operator.get("/tenants/H99/").status_code == 404
    assert operator.get("/tenants/public/").status_code == 404


def test_templates_and_who_runs_which(operator):
    assert "1.013225" in operator.get("/templates/", {"q": "xay dung"}).content.decode()
    page = operator.get("/templates/1.013225/").content.decode()
    assert "Tỉnh Gia Lai" in page
    assert "Đã công bố" in page
    assert operator.get("/templates/9.999999/").status_code == 404


def test_the_national_calendar_is_kept(operator):
    day = {"date": "02/01/2027", "kind": "OFF", "name": "Nghỉ bù", "ground": "Thông báo 1/TB-BNV"}
    assert operator.post("/calendar/", day).status_code == 302
    assert [one.name for one in list_national_days(2027)] == ["Nghỉ bù"]
    assert "Nghỉ bù" in operator.get("/calendar/", {"year": "2027"}).content.decode()
    refused = operator.post("/calendar/", {**day, "ground": ""})
    assert refused.status_code == 422
    operator.post("/calendar/remove/", {"date": "2027-01-02"})
    assert list_national_days(2027) == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tenants/H21/",
        "/templates/",
        "/templates/1.013225/",
        "/calendar/",
        "/catalogue/",
        "/catalogue/lists/",
        "/catalogue/imports/",
        "/catalogue/findings/",
        "/rollouts/",
        "/rollouts/1/",
        "/flags/",
        "/announcements/",
    ],
)
def test_only_operators_come_in(furnished, db, path):
    assert Client(HTTP_HOST="localhost").get(path).status_code == 302
    staff = Client(HTTP_HOST="localhost")
    assert staff.post("/sign-in/", {"username": "quantri", "password": PASSWORD}).status_code == 422
    assert staff.get(path).status_code == 302


def test_a_tenants_host_has_no_console(furnished, db):
    assert Client(HTTP_HOST="gialai.localhost").get("/tenants/H21/").status_code == 404
