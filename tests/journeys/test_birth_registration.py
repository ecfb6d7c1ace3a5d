"""The main job: a birth registration in Gia Lai, from the counter to the hand of the applicant.

Six people carry it, each signs in at the same browser; the applicant looks on
from home, with the code and the secret of the receipt.
"""

from playwright.sync_api import expect

from tests.journeys.dossiers import BIRTH, BIRTH_PROCEDURE, today


def test_birth_registration_from_the_counter_to_the_applicants_hand(desk, citizen):
    # The counter: the procedure is found without marks, the papers are ticked, one press does the rest.
    desk.sign_in("tiepnhan")
    desk.choose_procedure("dang ky khai sinh", BIRTH_PROCEDURE)
    desk.fill(BIRTH)
    desk.press("Đủ giấy tờ bắt buộc")
    expect(desk.page.locator("#summary")).to_contain_text("Không thu phí, lệ phí.")
    desk.page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(desk.notice).to_contain_text("Đã tiếp nhận hồ sơ")
    expect(desk.status).to_have_text("Được tiếp nhận")
    expect(desk.header).to_contain_text("Nguyễn Thị Phương Thảo")
    receipt = desk.print_receipt()
    assert receipt.code in receipt.text
    assert "Giấy chứng sinh" in receipt.text
    expect(desk.offers).to_contain_text("Ghi nhận yêu cầu rút hồ sơ")
    expect(desk.offers).not_to_contain_text("Làm bước")  # what is not allowed is absent

    # At home: the code alone, a wrong secret and a dossier that nobody handed in are told the same.
    answers = []
    for code, secret in [(receipt.code, "AAAAAAAA"), ("H21.121.01-261123-9999", receipt.secret)]:
        citizen.ask(code, secret)
        answers.append(citizen.page.get_by_role("alert").inner_text())
        assert "Nguyễn" not in citizen.page.content()
    assert answers[0] == answers[1]
    citizen.ask(receipt.code, "")
    expect(citizen.page.get_by_role("alert")).to_have_text("Hãy nhập cả mã hồ sơ và mã tra cứu.")
    citizen.ask(receipt.code, receipt.secret)
    citizen.is_told("Đã tiếp nhận", "đã được chuyển đến nơi giải quyết", "trước ngày hẹn")
    expect(citizen.part("Ngày hẹn trả").locator("time")).to_be_visible()

    # The specialist takes the work and finds a paper missing: form 02 is issued and the clock stands still.
    desk.instead_comes("chuyenvien")
    desk.open(receipt.code)
    desk.choose("Làm bước: Thụ lý, kiểm tra và lập Giấy khai sinh")
    desk.press("Nhận việc này về mình")
    expect(desk.status).to_have_text("Đang xử lý")
    expect(desk.header).to_contain_text("Lê Quang Huy")
    desk.choose("Yêu cầu bổ sung")
    desk.fill(
        {
            "items": "Giấy chứng sinh có dấu của cơ sở y tế",
            "reason": "Bản đã nộp không có dấu của cơ sở y tế nên chưa xác định được nơi sinh.",
            "ground": "Khoản 1 Điều 16 Luật Hộ tịch số 60/2014/QH13",
        }
    )
    desk.press("Yêu cầu bổ sung")
    expect(desk.status).to_have_text("Yêu cầu bổ sung giấy tờ")
    expect(desk.header).to_contain_text("tạm dừng tính hạn")
    asked = desk.read_pdf(desk.page.get_by_role("link", name="In mẫu 02"))
    assert "Giấy chứng sinh có dấu của cơ sở y tế" in " ".join(asked.split())

    citizen.is_told(
        "Chờ bạn bổ sung giấy tờ", "Giấy chứng sinh có dấu của cơ sở y tế", "Nộp đủ các giấy tờ đó"
    )
    expect(citizen.part("Bây giờ")).to_contain_text(
        "không có dấu của cơ sở y tế nên chưa xác định được nơi sinh"
    )

    # The paper comes to the counter, and the clock goes on.
    desk.instead_comes("tiepnhan")
    desk.open(receipt.code)
    desk.choose("Nhận giấy tờ bổ sung")
    desk.page.get_by_role("checkbox", name="Giấy chứng sinh").check()
    desk.press("Nhận giấy tờ bổ sung")
    expect(desk.status).to_have_text("Đang xử lý")
    expect(desk.header).not_to_contain_text("tạm dừng tính hạn")
    citizen.is_told("Đang giải quyết", "đang xem xét hồ sơ", "nơi bạn đã chọn nhận")

    # Three people, three steps: prepared, signed, entered into the register with its number.
    desk.instead_comes("chuyenvien")
    desk.open(receipt.code)
    desk.do_step("Thụ lý, kiểm tra và lập Giấy khai sinh", note="Đã đối chiếu giấy chứng sinh.")
    desk.instead_comes("lanhdao")
    desk.open(receipt.code)
    desk.do_step("Ký Giấy khai sinh", decision="Ký")
    desk.instead_comes("vanthu")
    desk.open(receipt.code)
    desk.choose("Ghi nhận kết quả")
    desk.fill({"number": "123/2026", "signed_by_name": "Đặng Thị Hồng Vân", "signed_on": today()})
    desk.press("Ghi nhận kết quả")
    expect(desk.notice).to_contain_text("Đã ghi nhận kết quả")
    desk.do_step("Vào sổ, đóng dấu")
    expect(desk.status).to_have_text("Đã xử lý xong")
    citizen.is_told("Đã có kết quả", "kết quả đang chờ bạn", "hãy mang theo giấy tiếp nhận")

    # Back at the counter: handed over against a signature.
    desk.instead_comes("traketqua")
    desk.open(receipt.code)
    desk.choose("Trả kết quả")
    desk.fill({"receiver_identity": "052190004321", "proof": "Sổ ký nhận số 01/2026, trang 3, dòng 12"})
    desk.press("Trả kết quả")
    expect(desk.status).to_have_text("Đã trả kết quả")
    desk.tab("Giấy tờ")
    expect(desk.page.get_by_role("main")).to_contain_text("Đã giao cho Nguyễn Thị Phương Thảo")
    expect(desk.page.get_by_role("main")).to_contain_text("Sổ ký nhận số 01/2026, trang 3, dòng 12")
    desk.tab("Quy trình")
    for name in ("Lê Quang Huy", "Đặng Thị Hồng Vân", "Võ Thị Ngọc Ánh"):
        expect(desk.page.get_by_role("main")).to_contain_text(name)
    citizen.is_told("Đã trả kết quả", "đã được trao cho người nhận", "Không còn việc gì phải làm")
