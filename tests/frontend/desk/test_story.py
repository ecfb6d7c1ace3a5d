"""Every move of the desk once, by the person whose duty it is."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.dossiers.models import ComponentFile, Dossier
from apps.fees import services as fees
from apps.fees.assessment import AssessedLine
from apps.workflow.selectors import list_open_steps
from tests.frontend.desk.test_intake import FORM, PDF
from tests.frontend.desk.test_record import page_of, status_of


@pytest.fixture
def press(sign_in, inside):
    """Press a move as somebody; refused means the test has failed."""

    def pressed(username: str, dossier: Dossier, slug: str, **typed: str) -> int:
        answer = sign_in(username).post(page_of(dossier, f"moves/{slug}/"), typed)
        assert answer.status_code == 302, answer.content.decode().split("error-summary")[-1][:600]
        return status_of(dossier, inside)

    return pressed


@pytest.fixture
def work(sign_in, inside):
    """Complete the open step as somebody."""

    def worked(username: str, dossier: Dossier, **typed: str) -> int:
        with inside():
            step = list_open_steps(dossier.id)[0]
        answer = sign_in(username).post(page_of(dossier, f"steps/{step.public_id}/"), typed)
        assert answer.status_code == 302, answer.content.decode().split("error-summary")[-1][:600]
        return status_of(dossier, inside)

    return worked


def test_a_birth_goes_from_the_counter_to_the_hands_of_its_owner(press, work, received, sign_in):
    dossier = received()
    assert work("chuyenvien", dossier) == 4
    assert work("lanhdao", dossier, decision="return", note="Sửa nơi sinh") == 4
    work("chuyenvien", dossier)
    work("lanhdao", dossier, decision="sign")
    signed = {
        "result_code": "KQ.G15.000031",
        "name": "Giấy khai sinh",
        "number": "152/2026",
        "signed_by_name": "Hoàng Thị Chủ Tịch",
        "signed_on": "23/11/2026",
    }
    scan = SimpleUploadedFile("giấy khai sinh.pdf", PDF, "application/pdf")
    assert press("vanthu", dossier, "record-result", **signed, file=scan) == 4
    assert work("vanthu", dossier) == 9
    handed = {
        "method": "DESK",
        "receiver_name": "Nguyễn Thị Phương Thảo",
        "receiver_identity": "052190001234",
    }
    assert press("traketqua", dossier, "return-result", **handed, proof="Sổ 3, dòng 12") == 10

    papers = sign_in("traketqua").get(page_of(dossier, "?tab=papers")).content.decode()
    assert "152/2026" in papers
    assert "Đã giao cho Nguyễn Thị Phương Thảo" in papers
    history = sign_in("traketqua").get(page_of(dossier, "?tab=history")).content.decode()
    assert "workflow." not in history
    assert "Xong bước: Ký Giấy khai sinh" in history


def test_result_is_blocked_with_its_reason_until_it_is_recorded(work, received, sign_in):
    dossier = received()
    work("chuyenvien", dossier)
    work("lanhdao", dossier, decision="sign")
    work("vanthu", dossier)

    assert "Chưa ghi nhận kết quả" in sign_in("traketqua").get(page_of(dossier)).content.decode()


def test_result_signed_on_no_day_is_refused_at_its_field(work, received, sign_in):
    dossier = received()
    work("chuyenvien", dossier)
    answer = sign_in("vanthu").post(page_of(dossier, "moves/record-result/"), {"signed_on": "hôm qua"})

    assert answer.status_code == 422
    assert 'href="#f-signed_on"' in answer.content.decode()


def test_withdrawal_is_declined_and_then_approved(press, received):
    dossier = received()
    assert press("tiepnhan", dossier, "request-withdrawal", reason="Đổi ý") == 7
    assert press("lanhdao", dossier, "decline-withdrawal", reason="Đã ký kết quả") == 2
    assert press("tiepnhan", dossier, "request-withdrawal", reason="Vẫn muốn rút") == 7
    assert press("lanhdao", dossier, "approve-withdrawal") == 8


def test_payment_pauses_and_goes_on(press, work, received, inside, actor, now):
    dossier = received()
    work("chuyenvien", dossier)
    line = AssessedLine(
        key="le-phi",
        code="",
        name="Lệ phí",
        kind="FEE",
        unit_amount=8000,
        quantity=1,
        total=8000,
        due="PROCESSING",
        legal_ground="Nghị quyết",
    )
    clerk = actor("thuphi")
    with inside():
        fees.open_fees(subject_id=dossier.id, lines=[line], by=clerk, now=now)
    assert press("chuyenvien", dossier, "request-payment", reason="Lệ phí", ground="Nghị quyết") == 6
    press("thuphi", dossier, "record-payment", amount="8.000", method="CASH", receipt_no="0001", key="k1")
    assert press("thuphi", dossier, "confirm-payment", receipt_no="0001") == 4


def test_payment_of_no_amount_is_refused_at_its_field(sign_in, received):
    answer = sign_in("thuphi").post(page_of(received(), "moves/record-payment/"), {"amount": "tám nghìn"})

    assert 'href="#f-amount"' in answer.content.decode()


def test_extension_moves_the_due_date_once(press, received, inside, now):
    dossier = received()
    later = f"{(now + timedelta(days=14)):%d/%m/%Y}"
    press("lanhdao", dossier, "extend", until=later, reason="Chờ xác minh", ground="Điều 19")

    with inside():
        assert Dossier.objects.get(id=dossier.id).due_at > now + timedelta(days=10)


def test_stop_and_refusal_end_with_their_forms(press, received, sign_in):
    stopped, refused = received(), received("Trần Văn Đông", accepted=False)
    assert press("lanhdao", stopped, "stop", reason="Trùng hồ sơ", ground="Điều 5") == 8
    assert press("tiepnhan", refused, "refuse-intake", reason="Không thuộc thẩm quyền") == 3

    papers = sign_in("tiepnhan").get(page_of(refused, "?tab=papers")).content.decode()
    assert "Mẫu 03" in papers


def test_file_is_an_attachment_or_shown_in_place_to_who_may_see(counter, sign_in, birth, inside):
    scan = SimpleUploadedFile("giấy chứng sinh.pdf", PDF, "application/pdf")
    counter.post(FORM, birth | {"idempotency_key": "k", "components.giay-chung-sinh.file": scan})
    with inside():
        held = ComponentFile.objects.select_related("file", "component__dossier").get()
        path = page_of(held.component.dossier, f"files/{held.file.public_id}/")
    sent, shown = counter.get(path), counter.get(f"{path}?show=1")

    assert sent["Content-Disposition"].startswith("attachment")
    assert shown["Content-Disposition"].startswith("inline")
    for answer in (sent, shown):
        assert b"".join(answer.streaming_content) == PDF
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert sign_in("tiepnhan2").get(path).status_code == 404


def test_file_page_of_a_session_that_ended_keeps_what_was_typed(client, received):
    answer = client.post(
        page_of(received(), "moves/stop/"), {"reason": "Đã viết dài"}, HTTP_HOST="gialai.localhost"
    )

    assert answer.status_code == 401
    assert "Đã viết dài" in answer.content.decode()
