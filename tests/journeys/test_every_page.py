"""What holds on every page of every room: readable by everybody, nothing broken, nothing sideways; and by keyboard alone."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from infra.seed.staff import DEMO_PASSWORD
from tests.journeys.dossiers import BIRTH, BIRTH_PROCEDURE
from tests.journeys.pages import CITIZEN_PAGES, ROOMS, open_to
from tests.journeys.programs import hand_in
from tests.journeys.rooms import GIA_LAI, Citizen
from tests.journeys.wire import Wire

SIZES = {"clerk": (1366, 768), "phone": (390, 844)}
LANGUAGES = ("vi", "en")
_SHOTS = os.environ.get("JOURNEYS_SHOTS")  # a folder: every page as a picture


@pytest.fixture
def one_waits_and_one_is_under_way(running_house, suffix):
    hand_in(running_house, GIA_LAI, "H21", key=f"waits-{suffix}")
    under_way = hand_in(running_house, GIA_LAI, "H21", key=f"under-way-{suffix}")
    accept = f"/desk/dossiers/{under_way['id']}/moves/accept/"
    assert Wire(running_house, GIA_LAI, "tiepnhan").post(accept).status == 302


@pytest.mark.usefixtures("one_waits_and_one_is_under_way")
@pytest.mark.parametrize("name", ROOMS)
def test_every_page_of_the_staff(running_house, new_context, name):
    room = ROOMS[name]
    address = running_house.address(room.host)
    page = new_context().new_page()
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(room.username)
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile("^(?!.*sign-in)"))
    found = look_at(page, address, open_to(running_house, room), name)
    assert not found, "\n".join(found)


def test_every_page_of_the_citizens(running_house, new_context, suffix):
    page = new_context().new_page()
    citizen = Citizen(page, running_house.address(GIA_LAI))
    made = hand_in(running_house, GIA_LAI, "H21", key=f"citizen-{suffix}")
    citizen.ask(made["code"], made["secret"])
    citizen.is_told("Chờ tiếp nhận", "đang được kiểm tra", "giấy hẹn ngày trả")
    found = look_at(page, citizen.address, CITIZEN_PAGES, "citizen")
    assert not found, "\n".join(found)


def look_at(page: Page, address: str, paths: list[str], room: str) -> list[str]:
    """Every page in both languages and both sizes; returns what is wrong, a line each."""
    wrong, axe, now = [], Axe(), ""
    page.on("console", lambda said: said.type == "error" and wrong.append(f"{now}: console: {said.text}"))
    page.on("pageerror", lambda error: wrong.append(f"{now}: script: {error}"))
    for language in LANGUAGES:
        page.context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        for path in paths:
            now = f"{language} {path}"
            gone = "00000000-0000" in path  # a page that says that there is nothing
            answer = page.goto(f"{address}{path}")
            if answer is not None and (answer.status >= 400) != gone:
                wrong.append(f"{now}: {answer.status}")
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                wrong += [
                    f"{now} {size}: {line}" for line in _unreadable(page, axe, contrast=language == "vi")
                ]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                    wrong.append(f"{now} {size}: wider than the screen")
                if _SHOTS:
                    shot = f"{room}-{re.sub('[^a-z0-9]+', '-', path)[:60].strip('-')}-{size}-{language}.png"
                    page.screenshot(path=Path(_SHOTS) / shot, full_page=True)
    return [line for line in wrong if not ("00000000-0000" in line and "404" in line)]


def _unreadable(page: Page, axe: Axe, *, contrast: bool) -> list[str]:
    """``contrast`` takes most of the time and is the same in every language."""
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
    found = axe.run(page, options=options).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def test_the_counter_is_worked_by_keyboard_alone(desk):
    desk.sign_in("tiepnhan")
    keyboard = desk.page.keyboard
    keyboard.press("/")
    expect(desk.page.locator("#desk-search")).to_be_focused()
    keyboard.type("nguyen")
    keyboard.press("Enter")
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("nguyen")
    _tab_to(desk.page, "Tiếp nhận tại quầy")
    keyboard.press("Enter")
    expect(desk.page.get_by_label("Thủ tục nào?")).to_be_focused()
    keyboard.type("dang ky khai sinh")
    expect(desk.page.locator("#procedures li")).not_to_have_count(12)
    _tab_to(desk.page, BIRTH_PROCEDURE)
    keyboard.press("Enter")
    expect(desk.page.get_by_role("heading", name=BIRTH_PROCEDURE, level=1)).to_be_visible()
    _tab_to(desk.page, "Đủ giấy tờ bắt buộc")
    keyboard.press("Enter")
    expect(desk.page.get_by_role("checkbox", name=re.compile("^Giấy chứng sinh"))).to_be_checked()
    _tab_to(desk.page, "Tiếp nhận và in giấy hẹn")
    keyboard.press("Enter")
    # Nothing was typed: the mistakes are listed at the top, and the first link leads to its field.
    expect(desk.page.locator(".error-summary")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(desk.page.locator("#intake :focus")).to_have_count(1)


def _tab_to(page: Page, words: str) -> None:
    for _press in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText?.trim()") == words:
            return
    raise AssertionError(f"“{words}” is not reached by Tab")


def test_an_intake_is_handed_in_without_javascript(new_desk):
    desk = new_desk(java_script_enabled=False)
    desk.sign_in("tiepnhan")
    desk.page.goto(f"{desk.address}/desk/intake/")
    desk.page.get_by_label("Thủ tục nào?").fill("dang ky khai sinh")
    desk.page.get_by_role("main").get_by_role("button", name="Tìm").click()
    desk.page.get_by_role("link", name=BIRTH_PROCEDURE, exact=True).click()
    desk.fill(BIRTH)
    for paper in ("Tờ khai đăng ký khai sinh", "Giấy chứng sinh"):
        desk.page.get_by_role("checkbox", name=re.compile(f"^{paper}")).check()
    desk.page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(desk.status).to_have_text("Được tiếp nhận")
    expect(desk.page.get_by_role("link", name="In mẫu 01")).to_be_visible()
