"""Finding a procedure and reading what it asks for."""

import pytest


def test_the_landing_asks_what_is_needed(citizen):
    page = citizen.get("/").content.decode()
    assert "Bạn cần làm thủ tục gì?" in page
    assert "Thủ tục đăng ký khai sinh" in page


@pytest.mark.parametrize("text", ["khai sinh", "dang ky khai sinh", "KHAI SINH", "1.001193"])
def test_a_procedure_is_found_with_and_without_marks(citizen, text):
    page = citizen.get("/thu-tuc/", {"q": text}).content.decode()
    assert "/thu-tuc/1.001193/" in page
    assert "/thu-tuc/1.013225/" not in page


def test_nothing_found_says_what_to_do(citizen):
    assert "Không tìm thấy thủ tục nào" in citizen.get("/thu-tuc/", {"q": "zzz"}).content.decode()


def test_one_procedure_tells_papers_fee_time_and_law(citizen):
    page = citizen.get("/thu-tuc/1.001193/").content.decode()
    for part in ("Bao lâu có kết quả?", "1 ngày làm việc", "15:00", "Cần giấy tờ gì?", "Phải nộp bao nhiêu tiền?",
                 "Không phải nộp phí, lệ phí.", "Luật Hộ tịch", "Trung tâm Phục vụ hành chính công phường Pleiku"):  # fmt: skip
        assert part in page


def test_an_unknown_procedure_is_absent(citizen):
    assert citizen.get("/thu-tuc/9.999999/").status_code == 404


def test_the_operators_host_has_no_citizen_room(citizen):
    assert citizen.get("/tra-cuu", HTTP_HOST="localhost").status_code == 404
