"""Two hands at the same dossier at the same moment: one act, one receipt, and a sentence for the other."""

from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import expect

from tests.journeys.dossiers import BIRTH, BIRTH_PROCEDURE
from tests.journeys.programs import hand_in
from tests.journeys.rooms import GIA_LAI
from tests.journeys.wire import Wire


def test_two_clerks_accept_the_same_dossier(running_house, new_desk, suffix):
    made = hand_in(running_house, GIA_LAI, "H21", key=f"two-{suffix}")
    first, second = new_desk(), new_desk()
    for desk in (first, second):
        desk.sign_in("tiepnhan")
        desk.page.goto(f"{desk.address}/desk/dossiers/{made['id']}/moves/accept/")
    for desk in (first, second):  # sent without waiting for the other's answer
        desk.page.evaluate("() => void setTimeout(() => document.querySelector('main form').requestSubmit())")
    won = [desk for desk in (first, second) if _is_told_that_it_is_done(desk)]
    lost = next(desk for desk in (first, second) if desk not in won)
    assert len(won) == 1
    expect(lost.page.locator(".error-summary")).to_contain_text(made["code"])
    expect(lost.page.locator(".error-summary")).to_contain_text("Được tiếp nhận")  # what it is now, in words
    won[0].tab("Giấy tờ")
    expect(won[0].page.get_by_role("link", name="Mẫu 01")).to_have_count(1)


def _is_told_that_it_is_done(desk) -> bool:
    answer = desk.page.locator(".notice-done, .error-summary")
    expect(answer).to_be_visible()
    return "Đã tiếp nhận hồ sơ" in answer.inner_text()


def test_ten_presses_at_once_make_one_receipt(running_house, suffix):
    made = hand_in(running_house, GIA_LAI, "H21", key=f"ten-{suffix}")
    clerk = Wire(running_house, GIA_LAI, "tiepnhan")
    accept = f"/desk/dossiers/{made['id']}/moves/accept/"
    with ThreadPoolExecutor(10) as threads:
        answers = [answer.status for answer in threads.map(lambda _number: clerk.post(accept), range(10))]
    assert answers.count(302) == 1
    assert answers.count(409) == 9
    papers = clerk.get(f"/desk/dossiers/{made['id']}/?tab=papers").text
    assert papers.count("Mẫu 01, số") == 1


def test_a_double_press_at_the_counter_makes_one_dossier(desk, suffix):
    desk.sign_in("tiepnhan")
    desk.choose_procedure("1.001193", BIRTH_PROCEDURE)
    desk.fill({**BIRTH, "submitter.name": f"Kpă H’Rê {suffix}", "submitter.identity_number": "052190004338"})
    desk.press("Đủ giấy tờ bắt buộc")
    sent_again = desk.page.locator("#intake").evaluate(
        "form => new URLSearchParams(new FormData(form)).toString()"
    )
    desk.page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").dblclick()
    expect(desk.status).to_have_text("Được tiếp nhận")
    code = desk.header.locator(".mono").inner_text()

    # Even a form that is sent once more by hand leads to the same dossier.
    send = "async body => (await fetch(location.pathname, {method: 'POST', body: new URLSearchParams(body)})).url"
    desk.page.goto(f"{desk.address}/desk/intake/1.001193/")
    landed = desk.page.evaluate(send, sent_again)
    desk.page.goto(landed)
    expect(desk.notice).to_contain_text("đã được tiếp nhận từ lần bấm trước")
    expect(desk.header).to_contain_text(code)
    desk.page.goto(f"{desk.address}/desk/search/?q=kpa h’re {suffix}")
    expect(desk.page.locator("tr[data-row]")).to_have_count(1)
