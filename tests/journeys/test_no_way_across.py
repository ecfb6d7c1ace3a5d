"""A clerk of Hà Nội finds no way to see, guess or count a dossier of Gia Lai.

Whatever is asked, the answer is the one that a dossier gets that does not exist.
"""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.house import Answer
from tests.journeys.programs import authorised, birth_over_api, get_token, upload
from tests.journeys.rooms import GIA_LAI, HA_NOI
from tests.journeys.wire import Wire, read_cookie


@pytest.fixture(scope="module")
def foreign(running_house):
    """A dossier of Gia Lai that its counter has accepted over the wire: id, code, secret, receipt, file, open step."""
    house = running_house
    token = get_token(house, GIA_LAI, "H21")
    scan = b"\x89PNG\r\n\x1a\n" + bytes(64)
    file_id = upload(house, GIA_LAI, token, name="to-khai.png", content=scan)
    body = birth_over_api(child="Siu H’Mai", phone="0905000111", file_id=file_id)
    headers = authorised(token, key=f"across-{uuid4()}")
    made = house.ask(GIA_LAI, "/api/v1/dossiers", "POST", headers=headers, body=body).json
    clerk = Wire(house, GIA_LAI, "tiepnhan")
    assert clerk.post(f"/desk/dossiers/{made['id']}/moves/accept/").status == 302
    receipt = re.search(
        r"/forms/([0-9a-f-]{36})\.pdf", clerk.get(f"/desk/dossiers/{made['id']}/?tab=papers").text
    )
    step = re.search(
        r"/steps/([0-9a-f-]{36})/",
        Wire(house, GIA_LAI, "chuyenvien").get(f"/desk/dossiers/{made['id']}/").text,
    )
    assert clerk.get(f"/desk/dossiers/{made['id']}/files/{file_id}/").body == scan
    found = {"receipt": receipt[1], "step": step[1], "file": file_id}
    return {**made, **found, "token": token, "session": clerk.session}


def _plain(answer: Answer, *own: str) -> tuple[int, str]:
    """What was told, without what every answer has of its own: its number, its token, the address asked for."""
    text = answer.body.decode(errors="replace")
    for word in own:
        text = text.replace(word, "…")
    for number in (r"[A-Za-z0-9]{64}", r"(?<=>)[A-Z0-9]{4}-[A-Z0-9]{4}(?=<)", r'(?<=incident":")[A-Z0-9-]+'):
        text = re.sub(number, "…", text)
    return answer.status, text


@pytest.mark.parametrize("username", ["tiepnhan", "chuyenvien", "dieuhanh", "quantri"])
def test_no_address_leads_to_it(running_house, foreign, username):
    clerk = Wire(running_house, HA_NOI, username)
    nobody = {name: str(uuid4()) for name in ("id", "receipt", "step", "file")}
    for address in (
        "/desk/dossiers/{id}/",
        "/desk/dossiers/{id}/?tab=history",
        "/desk/dossiers/{id}/forms/{receipt}.pdf",
        "/desk/dossiers/{id}/files/{file}/",
        "/desk/dossiers/{id}/results/{receipt}/",
        "/desk/dossiers/{id}/moves/accept/",
        "/desk/dossiers/{id}/steps/{step}/",
        "/setup/staff/{id}/",
    ):
        there = _plain(clerk.get(address.format(**foreign)), *_ids(foreign))
        nowhere = _plain(clerk.get(address.format(**nobody)), *_ids(nobody))
        assert there == nowhere, address
        assert there[0] in {403, 404}, address
    for address in (
        "/desk/dossiers/{id}/moves/stop/",
        "/desk/dossiers/{id}/steps/{step}/",
        "/desk/dossiers/{id}/steps/{step}/claim/",
    ):
        there = _plain(clerk.post(address.format(**foreign), reason="x", ground="x"), *_ids(foreign))
        nowhere = _plain(clerk.post(address.format(**nobody), reason="x", ground="x"), *_ids(nobody))
        assert there == nowhere, address
        assert there[0] == 404, address


def _ids(one: dict) -> tuple[str, ...]:
    return one["id"], one["receipt"], one["step"], one["file"]


def test_search_and_counts_of_ha_noi_do_not_know_it(foreign, new_desk, running_house):
    desk = new_desk(HA_NOI)
    desk.sign_in("dieuhanh")
    for text in (foreign["code"], "Nguyễn Thị Phương Thảo", "052190004321", "0905000111"):
        desk.page.goto(f"{desk.address}/desk/search/?q={text}")
        expect(desk.page.get_by_text("Không tìm thấy hồ sơ nào")).to_be_visible()
    tabs = desk.page.get_by_role("navigation", name="Các góc nhìn")
    desk.page.goto(f"{desk.address}/desk/?view=unit")
    before = _counted(tabs)
    body = birth_over_api(child="Siu H’Mai", phone="0905000111")
    headers = authorised(foreign["token"], key=f"count-{uuid4()}")
    assert running_house.ask(GIA_LAI, "/api/v1/dossiers", "POST", headers=headers, body=body).status == 201
    desk.page.reload()
    assert _counted(tabs) == before


def _counted(tabs) -> str:
    """The tabs with their figures, which are put in after the page."""
    for count in tabs.locator(".tab-count").all():
        expect(count).to_have_text(re.compile("[0-9]"))
    return tabs.inner_text()


def test_token_of_gia_lai_opens_nothing_in_ha_noi(running_house, foreign):
    for path in ("/api/v1/dossiers", f"/api/v1/dossiers/{foreign['id']}", "/api/v1/procedures"):
        theirs = running_house.ask(HA_NOI, path, headers=authorised(foreign["token"]))
        invented = running_house.ask(HA_NOI, path, headers=authorised("invented"))
        assert theirs.status == 401
        assert _plain(theirs) == _plain(invented)
    own = get_token(running_house, HA_NOI, "H26")
    there = running_house.ask(HA_NOI, f"/api/v1/dossiers/{foreign['id']}", headers=authorised(own))
    nobody = str(uuid4())
    nowhere = running_house.ask(HA_NOI, f"/api/v1/dossiers/{nobody}", headers=authorised(own))
    assert there.status == 404
    assert _plain(there, foreign["id"]) == _plain(nowhere, nobody)
    client = {"grant_type": "client_credentials", "client_id": "h21-phan-mem-mau", "client_secret": "x"}
    assert running_house.ask(HA_NOI, "/api/v1/oauth2/token", "POST", form=client).status == 401


def test_session_of_gia_lai_is_nobody_in_ha_noi(running_house, foreign):
    cookie = {"Cookie": f"sessionid={foreign['session']}"}
    assert running_house.ask(GIA_LAI, "/desk/", headers=cookie).status == 200
    for host in (HA_NOI, "localhost"):
        theirs = running_house.ask(host, "/desk/", headers=cookie)
        nobodys = running_house.ask(host, "/desk/")
        assert theirs.status == nobodys.status != 200
        assert theirs.headers.get("Location") == nobodys.headers.get("Location")


def test_citizens_page_of_ha_noi_does_not_know_it(running_house, foreign):
    def ask(code: str, secret: str) -> Answer:
        csrf = read_cookie(running_house.ask(HA_NOI, "/tra-cuu"), "csrftoken")
        typed = {"code": code, "secret": secret, "csrfmiddlewaretoken": csrf}
        return running_house.ask(
            HA_NOI, "/tra-cuu", "POST", headers={"Cookie": f"csrftoken={csrf}"}, form=typed
        )

    invented = "H21.121.01-261123-9998"
    assert _plain(ask(foreign["code"], foreign["secret"]), foreign["code"]) == _plain(
        ask(invented, "ABCDEFGH"), invented
    )
