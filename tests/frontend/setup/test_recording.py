"""Where the dossiers of a procedure live: set in the setup room, said at the counter and to the citizen."""

import pytest
from django.test import Client

from apps.procedures.selectors import get_version_in_force

CODE = "1.001193"
URL = f"/setup/procedures/{CODE}/record/"
ELSEWHERE = {
    "record_system": "MINISTRY",
    "record_name": "Hệ thống hộ tịch điện tử",
    "record_address": "https://hotich.example.vn/nop",
    "ground": "Công văn 15/BTP-HT",
}


def test_what_is_handled_elsewhere_is_said_in_every_room(controller, sign_in) -> None:
    assert "Hệ thống này" in controller.get(f"/setup/procedures/{CODE}/").content.decode()
    answer = controller.post(URL, ELSEWHERE)
    assert (answer.status_code, answer["Location"]) == (302, f"/setup/procedures/{CODE}/?done=record-set")
    for page in (
        controller.get(f"/setup/procedures/{CODE}/"),
        Client(HTTP_HOST="gialai.localhost").get(f"/thu-tuc/{CODE}/"),
    ):
        assert page.status_code == 200
        assert "https://hotich.example.vn/nop" in page.content.decode()
    at_home = Client(HTTP_HOST="gialai.localhost").get(f"/thu-tuc/{CODE}/to-khai/")
    assert at_home.status_code == 409
    assert "Hãy nộp tại https://hotich.example.vn/nop" in at_home.content.decode()
    counter = sign_in("tiepnhan")
    assert "nộp trên Hệ thống hộ tịch điện tử" in counter.get("/desk/intake/?q=khai sinh").content.decode()
    form = counter.get(f"/desk/intake/{CODE}/")
    assert form.status_code == 409
    assert "Hãy nộp tại https://hotich.example.vn/nop" in form.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ground": ""}, "phải nêu căn cứ"),
        ({"record_name": ""}, "phải nêu tên và địa chỉ"),
        ({"record_address": "javascript:alert(1)"}, "phải nêu tên và địa chỉ"),
    ],
)
def test_what_is_unclear_is_refused_and_comes_back_as_typed(controller, inside, now, wrong, words) -> None:
    answer = controller.post(URL, {**ELSEWHERE, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with inside():
        assert not get_version_in_force(CODE, now.date()).record.is_elsewhere


def test_all_that_is_unclear_is_said_at_once(controller) -> None:
    wrong = {"ground": "", "record_name": "", "record_address": "http://[nop"}
    page = controller.post(URL, {**ELSEWHERE, **wrong}).content.decode()
    assert "Còn 3 chỗ cần sửa" in page


def test_only_the_controller_sets_it(admin) -> None:
    assert admin.get(URL).status_code == 403
    assert admin.post(URL, ELSEWHERE).status_code == 403
