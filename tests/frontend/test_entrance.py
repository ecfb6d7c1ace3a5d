"""Sign in and out, language, light and dark."""

import pytest
from django.test import Client

from tests.furniture import PASSWORD

pytestmark = pytest.mark.usefixtures("furnished")


@pytest.fixture
def door(in_gia_lai) -> Client:
    return Client(HTTP_HOST="gialai.localhost")


def test_sign_in_leads_to_the_desk(door):
    answer = door.post("/sign-in/", {"username": "tiepnhan", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer["Location"] == "/desk/"


def test_sign_in_goes_on_where_the_person_wanted_to_go(door):
    asked = door.get("/desk/intake/?q=khai")
    answer = door.post(
        asked["Location"], {"username": "tiepnhan", "password": PASSWORD, "next": "/desk/intake/?q=khai"}
    )

    assert answer["Location"] == "/desk/intake/?q=khai"


def test_sign_in_never_leads_to_another_host(door):
    answer = door.post("/sign-in/", {"username": "tiepnhan", "password": PASSWORD, "next": "//evil.example/"})

    assert answer["Location"] == "/desk/"


def test_sign_in_refuses_in_words_and_keeps_the_name(door):
    answer = door.post("/sign-in/", {"username": "tiepnhan", "password": "sai"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "không đúng" in page
    assert 'value="tiepnhan"' in page
    assert "sai" not in page.split("<main")[1].split("Mật khẩu")[1].split("</form>")[0]


def test_staff_of_one_tenant_cannot_sign_in_at_another(in_gia_lai, ha_noi):
    other = Client(HTTP_HOST="hanoi.localhost")
    first = Client(HTTP_HOST="gialai.localhost")
    first.post("/sign-in/", {"username": "tiepnhan", "password": PASSWORD})
    other.cookies["sessionid"] = first.cookies["sessionid"].value

    assert other.get("/desk/").status_code == 302


def test_sign_out_ends_the_session(door):
    door.post("/sign-in/", {"username": "tiepnhan", "password": PASSWORD})
    door.post("/sign-out/")

    assert door.get("/desk/")["Location"].startswith("/sign-in/")


def test_an_english_browser_still_gets_vietnamese(door):
    assert 'lang="vi"' in door.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="en-US").content.decode()


def test_language_is_the_persons_choice(door):
    door.post("/language/", {"language": "en", "next": "/sign-in/"})

    assert 'lang="en"' in door.get("/sign-in/").content.decode()


def test_theme_is_kept_and_dropped(door):
    door.post("/theme/", {"theme": "dark", "next": "/sign-in/"})
    assert 'data-bs-theme="dark"' in door.get("/sign-in/").content.decode()

    door.post("/theme/", {"theme": "", "next": "/sign-in/"})
    assert "data-bs-theme" not in door.get("/sign-in/").content.decode()


def test_a_piece_of_a_page_sends_the_whole_window_to_sign_in(door):
    answer = door.get("/desk/", headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/sign-in/")
