"""Filling in at home, without an account and without JavaScript; taken up at the counter by its code."""

import re

import pytest
import time_machine
from django.test import Client

from apps.audit.models import Entry
from apps.dossiers.models import Dossier
from apps.forms.models import Declaration
from frontend.citizen.limits import DECLARATIONS_PER_ADDRESS, TRIES_PER_CODE
from tenants.registry.context import tenant_context
from tests.frontend.desk.typed import BIRTH
from tests.furniture import PASSWORD

FORM = "/thu-tuc/1.001193/to-khai/"
DESK = "/desk/intake/1.001193/"
CHILD = {name: text for name, text in BIRTH.items() if name.startswith("answers.child_")}
MOTHER = {"answers.mother.name": "Nguyễn Thị Phương Thảo", "answers.mother.identity_number": "052190001234"}


@pytest.fixture(autouse=True)
def _a_working_morning(now):
    with time_machine.travel(now, tick=True):
        yield


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def fill_in(citizen) -> str:
    """Every part in order; returns the last page."""
    first = citizen.post(f"{FORM}?phan=child", CHILD | {"next": "1"})
    assert first["Location"] == f"{FORM}?phan=parents"
    second = citizen.post(first["Location"], MOTHER | {"answers.mother.nationality": "Việt Nam", "next": "1"})
    assert second["Location"] == f"{FORM}?phan=request"  # no witnesses are asked for
    third = citizen.post(second["Location"], {"answers.requester_relation": "Mẹ", "next": "1"})
    assert third["Location"] == f"{FORM}?phan=xong"
    assert "Nguyễn Hoàng Bảo An" in text_of(citizen.get(third["Location"]))
    return text_of(citizen.post(third["Location"], {"next": "1"}, follow=True))


def codes(page: str) -> tuple[str, str]:
    code = re.search(r"TK-\w{5}-\w{5}", page)
    secret = re.search(r'<b class="mono">(\w{8})</b>', page)
    assert code, page
    assert secret, page
    return code[0], secret[1]


@pytest.fixture
def declared(citizen) -> tuple[str, str]:
    return codes(fill_in(citizen))


@pytest.fixture
def counter(declared) -> Client:
    client = Client(HTTP_HOST="gialai.localhost")
    assert client.post("/sign-in/", {"username": "tiepnhan", "password": PASSWORD}).status_code == 302
    return client


def test_the_parts_are_asked_one_after_the_other_and_the_first_says_what_this_is(citizen):
    page = text_of(citizen.get(FORM))
    assert "Bước 1 trên 4" in page
    assert "Đây chưa phải là nộp hồ sơ" in page
    assert "sessionid" not in citizen.cookies  # nothing is kept of who only looks


def test_a_form_that_is_filled_in_gets_a_code_with_its_qr_and_a_summary(citizen):
    page = fill_in(citizen)
    assert "data:image/svg+xml" in page
    for words in ("Đã khai xong", "Nguyễn Hoàng Bảo An", "Người mẹ", "052190001234"):
        assert words in page
    assert "typed" not in page


def test_a_mistake_keeps_the_page_and_everything_typed(citizen, gia_lai):
    refused = citizen.post(
        f"{FORM}?phan=child", CHILD | {"answers.child_name": "", "answers.child_birth_date": "hôm qua"}
    )
    page = text_of(refused)
    assert refused.status_code == 422
    assert 'value="hôm qua"' in page
    assert 'href="#f-answers-child_name"' in page
    assert "Bệnh viện Đa khoa tỉnh Gia Lai" in page
    with tenant_context(gia_lai):
        assert Declaration.objects.get().typed["answers.child_birth_date"] == "hôm qua"


def test_going_back_loses_nothing_even_of_a_part_with_mistakes(citizen):
    citizen.post(f"{FORM}?phan=child", CHILD)
    back = citizen.post(f"{FORM}?phan=parents", {"answers.mother.identity_number": "12", "back": "1"})
    assert back["Location"] == f"{FORM}?phan=child"
    assert 'value="Nguyễn Hoàng Bảo An"' in text_of(citizen.get(back["Location"]))
    assert 'value="12"' in text_of(citizen.get(f"{FORM}?phan=parents"))


def test_a_part_is_asked_when_the_answers_call_for_it_and_rows_come_by_button(citizen):
    sent = citizen.post(f"{FORM}?phan=child", CHILD | {"answers.no_birth_certificate": "1"})
    assert "Bước 2 trên 5" in text_of(citizen.get(sent["Location"]))
    page = text_of(citizen.post(f"{FORM}?phan=witnesses", {"refresh": "add:witnesses"}))
    assert 'name="answers.witnesses.0.name"' in page


def test_what_is_wrong_is_told_before_it_is_finished_and_leads_to_its_part(citizen, gia_lai):
    citizen.post(f"{FORM}?phan=request", {"answers.requester_relation": "Mẹ", "next": "1"})
    page = text_of(citizen.get(f"{FORM}?phan=xong"))
    assert f'href="{FORM}?phan=child#f-answers-child_name"' in page
    assert citizen.post(f"{FORM}?phan=xong", {"next": "1"}).status_code == 422
    with tenant_context(gia_lai):
        assert Declaration.objects.get().finished_at is None


def test_only_what_belongs_to_the_part_is_kept(citizen, gia_lai):
    citizen.post(
        f"{FORM}?phan=child", CHILD | {"answers.requester_relation": "Cha", "answers.x": "1", "y": "z"}
    )
    with tenant_context(gia_lai):
        assert set(Declaration.objects.get().typed) == set(CHILD)


def test_it_is_opened_again_with_both_codes_and_with_nothing_less(citizen, declared, ha_noi):
    code, secret = declared
    elsewhere = Client(HTTP_HOST="gialai.localhost")
    assert elsewhere.post("/to-khai", {"code": code, "secret": "SAIMATBI"}).status_code == 422
    opened = elsewhere.post("/to-khai", {"code": code.lower(), "secret": secret.lower()}, follow=True)
    assert "Nguyễn Hoàng Bảo An" in text_of(opened)
    hanoi = Client(HTTP_HOST="hanoi.localhost")
    assert hanoi.post("/to-khai", {"code": code, "secret": secret}).status_code == 422
    assert "Nguyễn Hoàng" not in text_of(hanoi.get(f"{FORM}?phan=xong", follow=True))


def test_guessing_is_limited_for_a_code_from_whatever_address(citizen, declared):
    """Without count_reopening the last try opens it: seen."""
    code, secret = declared
    for number in range(TRIES_PER_CODE):
        tried = citizen.post(
            "/to-khai", {"code": code, "secret": f"SAI{number:05}"}, REMOTE_ADDR=f"10.0.0.{number}"
        )
        assert tried.status_code == 422
    right = citizen.post("/to-khai", {"code": code, "secret": secret}, REMOTE_ADDR="10.0.1.1")
    assert right.status_code == 403
    assert "Đã thử quá nhiều lần" in text_of(right)


def test_opening_many_is_limited_and_what_was_typed_stays_on_the_page(furnished, gia_lai):
    """Without count_opening the table grows for ever: seen."""
    for _ in range(DECLARATIONS_PER_ADDRESS):
        Client(HTTP_HOST="gialai.localhost").post(f"{FORM}?phan=child", CHILD)
    refused = Client(HTTP_HOST="gialai.localhost").post(f"{FORM}?phan=child", CHILD)
    assert refused.status_code == 403
    assert 'value="Nguyễn Hoàng Bảo An"' in text_of(refused)
    with tenant_context(gia_lai):
        assert Declaration.objects.count() == DECLARATIONS_PER_ADDRESS


def test_closing_forgets_it_on_this_machine_and_discarding_everywhere(citizen, declared, gia_lai):
    citizen.post(f"{FORM}dong/")
    assert "Nguyễn Hoàng" not in text_of(citizen.get(FORM))
    code, secret = declared
    citizen.post("/to-khai", {"code": code, "secret": secret})
    citizen.post(f"{FORM}dong/", {"discard": "1"})
    with tenant_context(gia_lai):
        assert not Declaration.objects.exists()


def test_the_counter_takes_it_over_by_its_code(counter, declared, gia_lai):
    code, _secret = declared
    filled = text_of(counter.post(DESK, {"typed": "1", "declared_code": code.lower(), "refresh": "declared"}))
    assert f"Nguồn: khai trước, mã {code}" in filled
    assert "Nguồn: khai trước</p>" in filled  # beside the mother
    values = dict(
        re.findall(r'name="(answers\.mother\.(?:source|name|identity_number))"[^>]* value="([^"]*)"', filled)
    )
    assert values["answers.mother.name"] == "Nguyễn Thị Phương Thảo"
    typed = BIRTH | values | {"declared_code": code, "idempotency_key": "khai-truoc"}
    assert counter.post(DESK, typed).status_code == 302
    with tenant_context(gia_lai):
        dossier = Dossier.objects.get()
        assert dossier.answers["mother"]["source"] == "DECLARED"
        assert Entry.objects.get(action="SUBMIT").after["declaration"] == code
        assert Declaration.objects.get().typed == {}


def test_the_counter_uses_a_declaration_once(counter, declared, gia_lai):
    code, _secret = declared
    assert counter.post(DESK, BIRTH | {"declared_code": code, "idempotency_key": "mot"}).status_code == 302
    again = counter.post(DESK, BIRTH | {"declared_code": code, "idempotency_key": "hai"})
    assert again.status_code == 409
    assert f"Tờ khai {code} đã được dùng" in text_of(again)
    with tenant_context(gia_lai):
        assert Dossier.objects.count() == 1


@pytest.mark.parametrize("code", ["", "TK-AAAAA-AAAAA", "x"])
def test_the_counter_is_told_of_a_code_that_is_none(counter, code):
    page = text_of(counter.post(DESK, BIRTH | {"declared_code": code, "refresh": "declared"}))
    assert "Không có tờ khai với mã này" in page
    assert 'value="Nguyễn Hoàng Bảo An"' in page
