"""Tracking: everything to who has both codes, nothing to anybody else."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from frontend.citizen.limits import TRIES_PER_ADDRESS, TRIES_PER_CODE
from kernel.outbox.services import deliver_waiting
from project.subscriptions import SUBSCRIBERS
from tenants.registry.context import tenant_context


def look(client, code, secret, **headers):
    return client.post("/tra-cuu", {"code": code, "secret": secret}, follow=True, **headers)


def words(answer):
    """The page's text, without what differs by nature: what was typed, and the token of the form."""
    text = re.sub(r'(value|content)="[^"]*"', "", answer.content.decode())
    return re.sub(r"\s+", " ", text)


def test_with_both_codes_the_whole_state_is_told(citizen, house):
    dossier = house.submit()
    house.accept(dossier)
    answer = look(citizen, dossier.code.lower(), f" {dossier.secret.lower()} ")
    page = answer.content.decode()
    assert answer.redirect_chain == [("/tra-cuu/ho-so", 302)]
    for part in (
        dossier.code,
        "Đã tiếp nhận",
        "Ngày hẹn trả",
        "Vì sao là ngày này?",
        "Luật Hộ tịch",
        "phường Pleiku",
    ):
        assert part in page
    assert dossier.secret not in page
    assert "052090001234" not in page
    assert answer["Cache-Control"].startswith("max-age=0")


def test_the_code_alone_reveals_nothing(citizen, house):
    dossier = house.submit()
    page = citizen.get(f"/tra-cuu?code={dossier.code}").content.decode()
    assert dossier.procedure_name not in page
    assert "Nguyễn Văn Bình" not in page
    assert citizen.get("/tra-cuu/ho-so").status_code == 302


def test_a_wrong_secret_and_an_unknown_code_get_the_same_answer(citizen, house):
    dossier = house.submit()
    wrong, unknown = (
        look(citizen, dossier.code, "AAAAAAAA"),
        look(citizen, "H21.101.01-261123-9999", "AAAAAAAA"),
    )
    assert wrong.status_code == unknown.status_code == 422
    assert words(wrong) == words(unknown)
    assert len(wrong.headers) == len(unknown.headers)


def test_a_wrong_secret_and_an_unknown_code_cost_the_same_statements(citizen, house):
    dossier = house.submit()
    look(citizen, "warm", "up")
    costs = []
    for code in (dossier.code, "H21.101.01-261123-9999"):
        with CaptureQueriesContext(connection) as statements:
            look(citizen, code, "AAAAAAAA")
        costs.append([re.sub(r"'[^']*'", "?", statement["sql"]) for statement in statements])
    assert costs[0] == costs[1]
    assert len([sql for sql in costs[0] if "dossiers_" in sql]) == 1


def test_after_too_many_tries_the_right_secret_is_not_looked_at_either(citizen, house):
    dossier = house.submit()
    for number in range(TRIES_PER_ADDRESS):
        look(citizen, f"H21.101.01-261123-{number:04d}", "AAAAAAAA")
    known, unknown = look(citizen, dossier.code, dossier.secret), look(citizen, "H21.101.01-261123-9999", "A")
    assert known.status_code == unknown.status_code == 403
    assert words(known) == words(unknown)
    assert "15 phút" in known.content.decode()
    assert look(citizen, dossier.code, dossier.secret, REMOTE_ADDR="203.0.113.7").status_code == 200


def test_one_code_cannot_be_guessed_from_many_addresses(citizen, house):
    dossier = house.submit()
    for number in range(TRIES_PER_CODE):
        look(citizen, dossier.code, "AAAAAAAA", REMOTE_ADDR=f"203.0.113.{number}")
    assert look(citizen, dossier.code, dossier.secret, REMOTE_ADDR="198.51.100.1").status_code == 403


def test_looking_often_with_the_right_codes_is_no_guessing(citizen, house):
    dossier = house.submit()
    for _ in range(TRIES_PER_ADDRESS + 2):
        assert look(citizen, dossier.code, dossier.secret).status_code == 200


def test_missing_papers_are_listed_and_messages_are_shown(citizen, house, gia_lai, now):
    dossier = house.submit()
    house.ask_for(dossier, ["Văn bản ủy quyền có chứng thực"])
    with tenant_context(gia_lai):
        deliver_waiting(subscribers=SUBSCRIBERS, now=now)
    page = look(citizen, dossier.code, dossier.secret).content.decode()
    assert "Văn bản ủy quyền có chứng thực" in page
    assert "Người nộp không phải cha, mẹ" in page
    assert f"Hồ sơ {dossier.code} cần bổ sung giấy tờ" in page


def test_another_tenant_knows_nothing_of_it(house):
    dossier = house.submit()
    answer = look(Client(HTTP_HOST="hanoi.localhost"), dossier.code, dossier.secret)
    assert answer.status_code == 422


def test_closing_forgets_it_on_this_machine(citizen, house):
    dossier = house.submit()
    look(citizen, dossier.code, dossier.secret)
    assert citizen.get("/tra-cuu/ho-so").status_code == 200
    citizen.post("/tra-cuu/dong")
    assert citizen.get("/tra-cuu/ho-so").status_code == 302


@pytest.mark.parametrize(
    ("code", "secret"), [("", ""), ("H21", ""), ("", "A"), ("'; DROP", "\x00"), ("x" * 999, "y" * 999)]
)
def test_strange_input_is_refused_in_words(citizen, code, secret):
    answer = look(citizen, code, secret)
    assert answer.status_code == 422
    assert "mã" in answer.content.decode()


def test_it_is_told_in_english_too(citizen, house):
    dossier = house.submit()
    citizen.post("/language/", {"language": "en", "next": "/"})
    assert look(citizen, dossier.code, dossier.secret).status_code == 200


def test_the_way_is_told_in_stages_for_one_statement_and_without_duties(citizen, house):
    dossier = house.submit()
    look(citizen, dossier.code, dossier.secret)
    before = words(citizen.get("/tra-cuu/ho-so"))
    assert "Hồ sơ đang ở đâu" in before
    assert 'class="is-ahead"' in before
    assert "is-now" not in before
    house.accept(dossier)
    with CaptureQueriesContext(connection) as captured:
        page = words(citizen.get("/tra-cuu/ho-so"))
    assert sum('FROM "workflow_step"' in query["sql"] for query in captured.captured_queries) == 1
    assert not any(
        "procedures_" in query["sql"] or "workflow_process" in query["sql"]
        for query in captured.captured_queries
    )
    assert '<li class="is-now" aria-current="step"><b>Thụ lý, kiểm tra và lập Giấy khai sinh</b>' in page
    for duty in ("Chuyên viên", "SPECIALIST", "Văn thư"):
        assert duty not in page
