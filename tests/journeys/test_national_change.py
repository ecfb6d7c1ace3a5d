"""The centre shortens a limit and renames a paper: two people decide about it, Gia Lai sees what it does and takes it
over with its own, an open dossier keeps its due date, the next one gets the new."""

import re

from playwright.sync_api import Page, expect

from infra.seed.staff import DEMO_PASSWORD
from tests.journeys.dossiers import PERMIT, PERMIT_PROCEDURE, today
from tests.journeys.rooms import OPERATORS, Desk

CODE, CASE = "1.013225", "1.013225.02"
NEW_PAPER = "Đơn đề nghị cấp giấy phép xây dựng theo mẫu mới"
BASIS = "Quyết định 12/QĐ-BXD ngày 25/11/2026"
_ROUND = 30_000  # three tenants work it out in the background


def test_the_centre_changes_a_procedure_and_nobody_is_surprised(desk, running_house, new_context):
    desk.sign_in("tiepnhan")
    before, old_due = _hand_in(desk)

    # The author: a draft from what is published, another limit, another name of a paper, its effect looked at.
    author = _operator(new_context, running_house.address(OPERATORS), "vanhanh")
    author.goto(f"{running_house.address(OPERATORS)}/templates/{CODE}/")
    author.get_by_role("button", name="Tạo bản mới từ bản đang công bố").click()
    author.get_by_role("link", name="Trường hợp và thời hạn").click()
    case = author.locator("section.form-section").filter(has_text=CASE)
    case.get_by_label("Thời hạn", exact=True).fill("6")
    author.get_by_role("button", name="Lưu bản nháp").click()
    expect(author.locator(".notice-done")).to_contain_text("Đã lưu")
    author.get_by_role("link", name="Thành phần hồ sơ").click()
    author.get_by_label("Tên giấy tờ").first.fill(NEW_PAPER)
    author.get_by_role("button", name="Lưu bản nháp").click()
    expect(author.locator(".notice-done")).to_contain_text("Đã lưu")
    author.get_by_role("link", name="Tác động").click()
    author.get_by_role("button", name="Xem trước ở mọi bộ, tỉnh").click()
    expect(author.locator("#effect")).to_contain_text("3 / 3 nơi đã trả lời", timeout=_ROUND)
    gia_lai = author.locator('[data-row="H21"]')
    expect(gia_lai).to_contain_text("1 chỗ phải quyết định")
    expect(gia_lai).to_contain_text("muộn hơn")  # five days of its own would become six
    expect(author.get_by_role("main")).not_to_contain_text(before)
    author.get_by_role("link", name="Thay đổi và thẩm định").click()
    changes = author.get_by_role("region", name=re.compile("^Thay đổi so với bản")).first
    for said in ("6 ngày làm việc", NEW_PAPER, "giữ như ngày nộp"):
        expect(changes).to_contain_text(said)
    author.get_by_label("Bản này thay đổi điều gì, vì sao").fill("Rút ngắn thời hạn nhà ở riêng lẻ")
    author.get_by_role("button", name="Gửi thẩm định").click()
    expect(author.get_by_role("main")).to_contain_text("cần người thứ hai")
    version = author.url.split("?")[0]

    # Before it is law, Gia Lai sees which dossiers it is about.
    desk.instead_comes("kiemsoat")
    desk.page.goto(f"{desk.address}/setup/procedures/{CODE}/effect/")
    expect(desk.page.get_by_role("main")).to_contain_text("chưa phải quy định")
    expect(desk.page.get_by_role("row").filter(has_text=before)).to_be_visible()

    # A second person looks and approves.
    reviewer = _operator(new_context, running_house.address(OPERATORS), "thamdinh")
    reviewer.goto(version)
    expect(reviewer.get_by_role("region", name="Tác động")).to_contain_text("đều giữ quy định cũ")
    reviewer.get_by_label("Có hiệu lực từ ngày").fill(today())
    reviewer.get_by_label("Văn bản công bố").fill(BASIS)
    for ring in ("Thí điểm", "Sớm", "Toàn quốc"):
        reviewer.get_by_label(ring).check()
    reviewer.get_by_role("button", name="Phê duyệt và công bố").click()
    expect(reviewer.locator(".notice-done")).to_contain_text("Đã phê duyệt và công bố")
    expect(reviewer.get_by_role("main")).to_contain_text(BASIS)
    reviewer.get_by_role("link", name="xem tiến độ").click()
    expect(reviewer.locator("#run")).to_contain_text("Xong: đã báo 3 / 3 nơi", timeout=_ROUND)

    # Gia Lai: its fee goes on by itself, about the limit it decides.
    desk.page.goto(f"{desk.address}/setup/")
    task = desk.page.get_by_role("row").filter(has_text=CODE)
    expect(task).to_contain_text("Khác")
    task.get_by_role("link", name="Xem và áp dụng").click()
    expect(desk.page.get_by_role("main")).to_contain_text("75.000")
    desk.page.get_by_label("Theo bản mới của trung ương").check()
    expect(desk.page.get_by_role("main")).to_contain_text("đã chọn")
    desk.page.get_by_role("button", name="Áp dụng bản đã so sánh").click()
    expect(desk.page.get_by_role("heading", name=PERMIT_PROCEDURE)).to_be_visible()

    # The dossier that was there keeps its day; the next one has the new limit, the new paper and the province's own fee.
    desk.instead_comes("tiepnhan")
    desk.open(before)
    assert _due(desk) == old_due
    after, new_due = _hand_in(desk, paper=NEW_PAPER)
    assert after != before
    assert new_due > old_due


def _hand_in(desk: Desk, paper: str = "") -> tuple[str, str]:
    """A permit for a house at the counter: its code, and when it is due."""
    desk.choose_procedure("giay phep xay dung", PERMIT_PROCEDURE)
    desk.fill(PERMIT)
    desk.fill({"case_code": "Nhà ở riêng lẻ"})
    expect(desk.page.locator("#papers")).to_contain_text(paper or "an toàn công trình liền kề")
    desk.press("Đủ giấy tờ bắt buộc")
    expect(desk.page.locator("#summary")).to_contain_text("75.000 đ")
    desk.page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(desk.status).to_have_text("Được tiếp nhận")
    return desk.header.locator(".mono").inner_text(), _due(desk)


def _due(desk: Desk) -> str:
    return desk.header.locator("time").first.get_attribute("datetime") or ""


def _operator(new_context, address: str, username: str) -> Page:
    page = new_context().new_page()
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile("^(?!.*sign-in)"))
    return page
