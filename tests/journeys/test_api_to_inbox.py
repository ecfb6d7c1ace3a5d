"""The province's own software hands in a dossier over the API; a clerk finds it in the inbox and accepts it."""

from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import expect

from tests.journeys.programs import authorised, birth_over_api, get_token
from tests.journeys.rooms import GIA_LAI

AT_ONCE = 50
_BIRTHS = "/api/v1/dossiers?procedure_code=1.001193&limit=100"


def test_dossier_handed_in_over_the_api_is_accepted_at_the_counter(running_house, desk, suffix):
    token = get_token(running_house, GIA_LAI, "H21")
    headers = authorised(token, key=f"one-{suffix}")
    body = birth_over_api(child=f"Trần Gia Bảo {suffix}", phone="0905777888")
    answer = running_house.ask(GIA_LAI, "/api/v1/dossiers", "POST", headers=headers, body=body)
    assert answer.status == 201, answer.text
    made = answer.json
    assert made["status"]["code"] == 1
    assert answer.headers["Location"] == f"/api/v1/dossiers/{made['id']}"

    desk.sign_in("tiepnhan")
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("Chờ tiếp nhận")
    desk.page.goto(f"{desk.address}/desk/?view=intake&sort=newest")
    desk.page.get_by_role("region", name="Danh sách hồ sơ").get_by_role("link", name=made["code"]).click()
    expect(desk.status).to_have_text("Mới đăng ký")
    desk.choose("Tiếp nhận và in giấy hẹn")
    desk.press("Tiếp nhận và in giấy hẹn")
    expect(desk.status).to_have_text("Được tiếp nhận")
    receipt = desk.print_receipt()
    assert (receipt.code, receipt.secret) == (made["code"], made["secret"])

    # The software reads what has become of it, and why it is due when it is.
    of_it = f"/api/v1/dossiers/{made['id']}"
    assert running_house.ask(GIA_LAI, of_it, headers=authorised(token)).json["status"]["code"] == 2
    events = running_house.ask(GIA_LAI, f"{of_it}/events", headers=authorised(token)).json["results"]
    who_did = {event["action"]: event["actor"] for event in events}
    assert who_did["SUBMIT"] == "Phần mềm mẫu của Tỉnh Gia Lai"
    assert who_did["ACCEPT"] == "Nguyễn Thị Thanh Mai"
    deadline = running_house.ask(GIA_LAI, f"{of_it}/deadline", headers=authorised(token)).json
    assert deadline["due_at"]
    assert deadline["sentences"]


def test_the_same_key_fifty_times_at_once_makes_one_dossier(running_house, suffix):
    token = get_token(running_house, GIA_LAI, "H21")
    headers = authorised(token, key=f"fifty-{suffix}")
    body = birth_over_api(child=f"Lê Khánh Ngân {suffix}", phone="0905777999")
    before = _count(running_house, token)

    def send(_number):
        return running_house.ask(GIA_LAI, "/api/v1/dossiers", "POST", headers=headers, body=body)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(send, range(AT_ONCE)))
    assert {answer.status for answer in answers} == {201}, [a.text for a in answers if a.status != 201][:2]
    assert all(answer.json == answers[0].json for answer in answers)
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert _count(running_house, token) == before + 1

    # The same key with another body is a mistake of the caller, and is told so.
    other = birth_over_api(child="Người khác", phone="0905777999")
    refused = running_house.ask(GIA_LAI, "/api/v1/dossiers", "POST", headers=headers, body=other)
    assert refused.status == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert _count(running_house, token) == before + 1


def _count(house, token) -> int:
    """Of this procedure, by walking all pages: the API tells no totals."""
    path, found = _BIRTHS, 0
    while path:
        page = house.ask(GIA_LAI, path, headers=authorised(token)).json
        found += len(page["results"])
        path = f"{_BIRTHS}&after={page['after']}" if page["after"] else ""
    return found
