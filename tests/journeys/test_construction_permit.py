"""A building permit in Gia Lai: two opinions at the same time, by people of two divisions, then one way through all hands."""

from playwright.sync_api import expect

from tests.journeys.dossiers import PERMIT, PERMIT_PROCEDURE, today
from tests.journeys.rooms import Setup


def test_construction_permit_with_two_opinions_at_once(desk, citizen, suffix):
    # The administrator lets two divisions of the ward have a say on this procedure.
    desk.sign_in("quantri")
    setup = Setup(desk)
    roads, fire = f"hatang{suffix}", f"phongchay{suffix}"
    for username, name, division in (
        (roads, "Nay H’Rin", "Phòng Kinh tế, Hạ tầng và Đô thị phường Pleiku"),
        (fire, "Đinh Công Thành", "Công an phường Pleiku"),
    ):
        setup.add_person(username, name, division)
        setup.give_duty("Chuyên viên thụ lý", over="Ủy ban nhân dân phường Pleiku", procedure="1.013225")

    # The counter: a house, its own fee in Gia Lai.
    desk.instead_comes("tiepnhan")
    desk.choose_procedure("giay phep xay dung", PERMIT_PROCEDURE)
    desk.fill(PERMIT)
    desk.fill({"case_code": "Nhà ở riêng lẻ"})
    expect(desk.page.locator("#papers")).to_contain_text("an toàn công trình liền kề")
    expect(desk.page.locator("#papers")).not_to_contain_text("Quyết định phê duyệt dự án")
    desk.press("Đủ giấy tờ bắt buộc")
    expect(desk.page.locator("#summary")).to_contain_text("75.000 đ")
    desk.page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(desk.status).to_have_text("Được tiếp nhận")
    receipt = desk.print_receipt()
    assert "75.000" in receipt.text

    # One looks at the papers, then two divisions are asked at once; each gives its own opinion.
    desk.instead_comes("chuyenvien")
    desk.open(receipt.code)
    desk.do_step("Thụ lý, kiểm tra hồ sơ thiết kế")
    expect(desk.status).to_have_text("Đang xử lý")
    expect(desk.header).to_contain_text("Ý kiến của phòng kinh tế, hạ tầng")
    expect(desk.header).to_contain_text("Ý kiến về phòng cháy, chữa cháy")
    desk.instead_comes(fire)
    desk.open(receipt.code)
    desk.do_step("Ý kiến về phòng cháy, chữa cháy", decision="Đồng ý", note="Đường xe chữa cháy đủ rộng.")
    expect(desk.header).not_to_contain_text("Tổng hợp ý kiến")  # the other opinion is still missing
    desk.instead_comes(roads)
    desk.open(receipt.code)
    desk.do_step("Ý kiến của phòng kinh tế, hạ tầng", decision="Đồng ý", note="Phù hợp quy hoạch.")
    expect(desk.header).to_contain_text("Tổng hợp ý kiến, dự thảo giấy phép")

    # Put together, checked by the head, signed by the leader, numbered by the registry.
    desk.instead_comes("chuyenvien")
    desk.open(receipt.code)
    desk.tab("Quy trình")
    for opinion in ("Đường xe chữa cháy đủ rộng.", "Phù hợp quy hoạch."):
        expect(desk.page.get_by_role("main")).to_contain_text(opinion)
    desk.do_step("Tổng hợp ý kiến, dự thảo giấy phép", decision="Trình lãnh đạo phòng")
    desk.instead_comes("lanhdaophong")
    desk.open(receipt.code)
    desk.do_step("Lãnh đạo phòng thẩm định", decision="Đồng ý, trình ký")
    citizen.ask(receipt.code, receipt.secret)
    citizen.is_told("Đang giải quyết", "đang xem xét hồ sơ", "nơi bạn đã chọn nhận")
    expect(citizen.part("Bây giờ")).to_contain_text("Còn phải nộp: 75.000 đ")
    desk.instead_comes("lanhdao")
    desk.open(receipt.code)
    desk.do_step("Ký giấy phép xây dựng", decision="Ký")
    desk.instead_comes("vanthu")
    desk.open(receipt.code)
    desk.choose("Ghi nhận kết quả")
    desk.fill({"number": "45/GPXD", "signed_by_name": "Đặng Thị Hồng Vân", "signed_on": today()})
    desk.press("Ghi nhận kết quả")
    desk.do_step("Vào số, đóng dấu, phát hành")
    expect(desk.status).to_have_text("Đã xử lý xong")

    # The fee is due when the permit is handed over.
    desk.instead_comes("thuphi")
    desk.open(receipt.code)
    desk.choose("Thu phí, lệ phí")
    desk.fill({"amount": "75000", "method": "Tiền mặt", "receipt_no": "BL-0045"})
    desk.press("Ghi nhận đã thu")
    expect(desk.notice).to_contain_text("Đã ghi nhận khoản thu")
    desk.instead_comes("traketqua")
    desk.open(receipt.code)
    desk.choose("Trả kết quả")
    desk.fill({"receiver_identity": "052085000123", "proof": "Sổ ký nhận số 02/2026, trang 1, dòng 4"})
    desk.press("Trả kết quả")
    expect(desk.status).to_have_text("Đã trả kết quả")
    citizen.is_told("Đã trả kết quả", "đã được trao cho người nhận", "Không còn việc gì phải làm")
    expect(citizen.part("Bây giờ")).to_contain_text("Đã nộp đủ 75.000 đ.")
