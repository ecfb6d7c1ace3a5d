"""The page of a first link: a password of one's own choice, and in."""

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import create_user, issue_first_link
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context
from tenants.registry.selectors import get_tenant

pytestmark = pytest.mark.usefixtures("furnished")
CHOSEN = {"password": "Mat-khau-toi-chon-1", "again": "Mat-khau-toi-chon-1"}


@pytest.fixture
def door(in_gia_lai) -> Client:
    return Client(HTTP_HOST="gialai.localhost")


@pytest.fixture
def address(in_gia_lai) -> str:
    unit_id = User.objects.get(username="tiepnhan").unit_id
    person = create_user(
        username="moi", full_name="Người Mới", unit_id=unit_id, password=None, by=SYSTEM, now=timezone.now()
    )
    return f"/first/{issue_first_link(user_id=person.id, by=SYSTEM, now=timezone.now())}/"


def _person() -> User:
    with tenant_context(get_tenant("H21")):  # a request leaves the connection at the centre
        return User.objects.get(username="moi")


def test_first_lets_a_person_choose_a_password_and_come_in(door, address):
    page = door.get(address)
    assert page.status_code == 200
    assert "Người Mới" in page.content.decode()
    assert "no-store" in page["Cache-Control"]

    answer = door.post(address, CHOSEN)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert door.get("/desk/").status_code == 200
    assert _person().last_login is not None


def test_first_says_why_a_used_link_opens_nothing(door, address):
    door.post(address, CHOSEN)
    answer = Client(HTTP_HOST="gialai.localhost").get(address)

    assert answer.status_code == 409
    assert "đã được dùng" in answer.content.decode()
    assert "Người Mới" not in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"password": "Mat-khau-toi-chon-1", "again": "Mat-khau-khac-mat-2"}, "không giống nhau"),
        ({"password": "ngan", "again": "ngan"}, "ít nhất 10 ký tự"),
        ({}, "ít nhất 10 ký tự"),
    ],
)
def test_first_refuses_beside_the_field_and_keeps_the_link(door, address, typed, says):
    answer = door.post(address, typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    for value in typed.values():
        assert f'value="{value}"' not in page
    assert not _person().has_usable_password()
    assert door.post(address, CHOSEN).status_code == 302


def test_first_knows_no_link_of_another_tenant(address, ha_noi):
    assert Client(HTTP_HOST="hanoi.localhost").get(address).status_code == 404


def test_first_is_not_there_at_the_centre(address, db):
    assert Client(HTTP_HOST="localhost").get(address).status_code == 404


def test_first_stops_guessing(door, address):
    for number in range(30):
        assert door.get(f"/first/doan-{number}/").status_code == 404
    answer = door.get(address)
    assert answer.status_code == 403
    assert "15 phút" in answer.content.decode()
