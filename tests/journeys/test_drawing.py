"""A process drawn with the mouse at the centre, seen wrong and mended, published by a second person, adopted, and run.

Between checking and signing the centre wants the papers looked through once
more. The person who draws forgets who is to do it, and the editor says so.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from infra.seed.staff import DEMO_PASSWORD
from tests.journeys.dossiers import today
from tests.journeys.rooms import OPERATORS

CODE, NAME = "1.004873", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân"
FLOW = "flow-xac-nhan-tinh-trang-hon-nhan-2"  # from checking to signing
NEW_STEP = "Rà soát hồ sơ"
MARITAL_STATUS = {
    "submitter.identity_number": "052190004321",
    "submitter.name": "Nguyễn Thị Phương Thảo",
    "submitter.birth_date": "12/04/1995",
    "submitter.phone": "0905123456",
    "submitter.address": "Tổ 5, phường Pleiku, tỉnh Gia Lai",
    "answers.person_name": "Nguyễn Thị Phương Thảo",
    "answers.person_identity_number": "052190004321",
    "answers.person_birth_date": "12/04/1995",
    "answers.person_sex": "Nữ",
    "answers.person_residence": "Tổ 5, phường Pleiku, tỉnh Gia Lai",
    "answers.marital_status": "Chưa đăng ký kết hôn với ai",
    "answers.purpose": "Kết hôn",
}


class Sheet:
    """The editor in one browser: what is on the paper, and what stands beside it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def drawn(self, element: str) -> Locator:
        return self.page.locator(f'.djs-element[data-element-id="{element}"]')

    @property
    def steps(self) -> Locator:
        return self.page.locator('.djs-shape[data-element-id^="Activity_"]')

    @property
    def checked(self) -> Locator:
        return self.page.locator("[data-drawing-checked]")

    @property
    def problems(self) -> Locator:
        return self.page.locator("[data-drawing-problems] li")

    def field(self, name: str) -> Locator:
        return self.page.locator(f'[data-drawing-panel] [data-field="{name}"]')

    def put_step_onto(self, flow: str, name: str) -> None:
        """From the palette, dropped on a way, and its name typed where it fell."""
        box = self.drawn(flow).locator(".djs-hit").first.bounding_box()
        assert box is not None
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.locator('.djs-palette [data-action="create.step"]').click()
        self.page.mouse.move(middle[0] - 40, middle[1] - 60)
        self.page.mouse.move(*middle, steps=6)
        self.page.mouse.click(*middle)
        expect(self.page.locator(".djs-direct-editing-content")).to_be_focused()
        self.page.keyboard.type(name)
        self.page.mouse.click(middle[0], middle[1] + 200)  # beside everything: what was typed is taken


@pytest.fixture
def centre(running_house, new_context):
    """A browser of the centre in which ``sign_in`` opens the console; blocked styles and scripts are collected."""
    address = running_house.address(OPERATORS)

    def sign_in(username: str, code: str = CODE) -> Page:
        page = new_context().new_page()
        page.wrong = []
        page.on("console", lambda said: said.type == "error" and page.wrong.append(said.text))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.goto(f"{address}/sign-in/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(re.compile("^(?!.*sign-in)"))
        page.goto(f"{address}/templates/{code}/")
        return page

    return sign_in


def test_a_process_is_drawn_mended_published_adopted_and_run(centre, desk, citizen):
    # The centre draws: one more step, dropped between two, named on the spot.
    page = centre("vanhanh")
    page.get_by_role("button", name="Tạo bản mới từ bản đang công bố").click()
    page.get_by_role("link", name="Quy trình: vẽ, mô phỏng").click()
    sheet = Sheet(page)
    expect(sheet.checked).to_have_text("Quy trình hợp lệ.")
    expect(page.locator(".bjs-powered-by")).to_be_visible()  # the mark of bpmn.io stays
    unreadable = Axe().run(page).response["violations"]
    assert [one["id"] for one in unreadable if one["impact"] in {"serious", "critical"}] == []
    sheet.put_step_onto(FLOW, NEW_STEP)
    expect(sheet.steps).to_have_count(1)

    # Nobody does it: said in words, on the paper, and the way to it is one press.
    expect(sheet.problems).to_have_text(
        [f"Bước “{NEW_STEP}” chưa có người xử lý: thiếu nhiệm vụ hoặc đơn vị."]
    )
    expect(page.locator(".problem-flag")).to_have_count(1)
    sheet.problems.get_by_role("button").click()
    sheet.field("duty").select_option(label="Lãnh đạo phòng")
    sheet.field("time").fill("2")
    sheet.field("time").press("Tab")
    sheet.field("move").select_option(label="Yêu cầu bổ sung")
    expect(sheet.checked).to_have_text("Quy trình hợp lệ.")

    # Undone and done again, too long for the law and mended, saved: nothing is lost on the way.
    page.get_by_role("button", name="Hoàn tác").click()
    expect(sheet.field("move")).to_have_value("")
    page.get_by_role("button", name="Làm lại").click()
    sheet.field("time-unit").select_option(label="ngày làm việc")
    expect(sheet.checked).to_have_text("Không có lỗi; 1 điều cần xem lại.")
    expect(sheet.problems).to_contain_text("vượt thời hạn 3 ngày làm việc")
    sheet.field("time-unit").select_option(label="giờ làm việc")
    expect(sheet.checked).to_have_text("Quy trình hợp lệ.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator("[data-drawing-said]")).to_have_text("Đã lưu bản nháp.")
    page.get_by_role("link", name="Mô phỏng tải").click()
    page.get_by_role("button", name="Chạy mô phỏng").click()
    expect(page.get_by_role("region", name="Theo bước")).to_contain_text(NEW_STEP)
    assert page.wrong == []

    # Submitted by the one, published by the other.
    page.get_by_role("link", name="Về quy trình").click()
    page.get_by_role("link", name="Về thủ tục").click()
    page.locator("table a").first.click()
    expect(page.get_by_role("region", name="Thay đổi so với bản 1").first).to_contain_text(NEW_STEP)
    page.get_by_label("Bản này thay đổi điều gì, vì sao").fill("Thêm bước rà soát trước khi ký.")
    page.get_by_role("button", name="Gửi thẩm định").click()
    second = centre("thamdinh")
    second.locator("table a").first.click()
    second.get_by_label("Có hiệu lực từ ngày").fill(today())
    second.get_by_label("Văn bản công bố").fill("Quyết định 2500/QĐ-BTP")
    for ring in second.get_by_role("group", name="Mở ngay cho vòng").get_by_role("checkbox").all():
        ring.check()
    second.get_by_role("button", name="Phê duyệt và công bố").click()
    expect(second.locator(".page-head .status")).to_have_text("Đã công bố")

    # Gia Lai adopts it and sees the new step in its own picture.
    desk.sign_in("kiemsoat")
    desk.page.goto(f"{desk.address}/setup/procedures/{CODE}/")
    desk.page.get_by_role("link", name="So sánh với bản quốc gia 2").click()
    expect(desk.page.get_by_role("region", name="Thay đổi của trung ương").first).to_contain_text(NEW_STEP)
    desk.page.get_by_role("button", name="Áp dụng bản đã so sánh").click()
    desk.page.goto(f"{desk.address}/setup/procedures/{CODE}/")
    expect(desk.page.locator(".diagram-picture")).to_contain_text(NEW_STEP)

    # A dossier comes and goes as far as the new step, lit where it stands.
    desk.instead_comes("tiepnhan")
    desk.choose_procedure("xac nhan tinh trang hon nhan", NAME)
    desk.fill(MARITAL_STATUS)
    desk.press("Đủ giấy tờ bắt buộc")
    desk.page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(desk.status).to_have_text("Được tiếp nhận")
    receipt = desk.print_receipt()
    desk.instead_comes("chuyenvien")
    desk.open(receipt.code)
    desk.do_step("Kiểm tra, xác minh tình trạng hôn nhân")
    desk.tab("Quy trình")
    expect(desk.page.locator(".diagram-node.is-now > title")).to_have_text(f"{NEW_STEP} (đang xử lý)")
    expect(desk.page.locator(".diagram-node.is-done")).to_have_count(1)
    desk.instead_comes("lanhdaophong")
    desk.open(receipt.code)
    desk.choose(f"Làm bước: {NEW_STEP}")
    asked = desk.page.get_by_role("complementary").filter(has_text="Quy trình yêu cầu ở bước này")
    expect(asked).to_contain_text("Yêu cầu bổ sung")
    citizen.ask(receipt.code, receipt.secret)
    expect(citizen.part("Hồ sơ đang ở đâu").locator("[aria-current=step]")).to_contain_text(NEW_STEP)
    expect(citizen.part("Hồ sơ đang ở đâu")).not_to_contain_text("Lãnh đạo phòng")
    desk.press("Hoàn thành bước")
    expect(desk.header).to_contain_text("Ký Giấy xác nhận")


def test_a_step_is_put_in_by_keyboard_alone(centre):
    """From the list of elements beside the sheet: chosen, a step added behind it, named, given to somebody, undone."""
    page = centre("vanhanh", "1.000656")
    page.get_by_role("button", name="Tạo bản mới từ bản đang công bố").click()
    page.get_by_role("link", name="Quy trình: vẽ, mô phỏng").click()
    sheet, press = Sheet(page), page.keyboard.press
    expect(sheet.checked).to_have_text("Quy trình hợp lệ.")
    page.locator('[data-element="thu-ly"]').focus()
    press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    _tab_to(page, "Thêm bước sau đây")
    press("Enter")
    expect(sheet.field("name")).to_be_focused()
    page.keyboard.type("Hỏi lại hai bên")
    press("Tab")
    page.keyboard.type("Chuyên viên")  # the first of the duties that begins so
    expect(sheet.checked).to_have_text("Quy trình hợp lệ.")
    expect(sheet.steps).to_have_count(1)

    # Leaving asks first; a server that does not answer takes nothing away.
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Về thủ tục").click(no_wait_after=True)
    expect(sheet.steps).to_have_count(1)
    assert asked == ["beforeunload"]
    page.route("**/process/", lambda route: route.abort())
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator("[data-drawing-said]")).to_contain_text("Sơ đồ vẫn còn trên trang này")
    expect(sheet.steps).to_have_count(1)
    page.unroute("**/process/")
    page.wrong.clear()  # the browser's own word for the answer that did not come
    _tab_to(page, "Hoàn tác", "Shift+Tab")
    for _change in range(8):  # the step, its room, its ways, its name, its duty; then there is nothing left
        press("Enter")
    expect(sheet.steps).to_have_count(0)
    assert page.wrong == []


def _tab_to(page: Page, words: str, key: str = "Tab") -> None:
    for _press in range(150):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.innerText?.trim()") == words:
            return
    raise AssertionError(f"“{words}” is not reached by {key}")
