"""Refusals and failures as pages."""

import re

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils.translation import gettext_lazy

from frontend import errors
from kernel.errors import DomainError, Kind, Refusals
from kernel.http.incident import IncidentMiddleware, log_unexpected


class NotNow(DomainError):
    code = "test.not_now"
    sentence = gettext_lazy("Hồ sơ {code} không thể làm việc này.")
    kind = Kind.CONFLICT


@pytest.fixture
def posted():
    request = RequestFactory().post(
        "/desk/x/", {"reason": "Thiếu <chữ ký>", "password": "bí mật", "csrfmiddlewaretoken": "t"}
    )
    request.incident_id = "K7QM-2XWD"
    return request


def test_refusal_says_what_with_its_status_and_code(posted):
    answer = errors.refusal(posted, NotNow(code="H21-1"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hồ sơ H21-1 không thể làm việc này." in page
    assert "test.not_now" in page
    assert "K7QM-2XWD" in page


def test_refusal_hands_back_what_was_typed_but_no_secret(posted):
    page = errors.refusal(posted, NotNow(code="H21-1")).content.decode()

    assert 'name="reason" value="Thiếu &lt;chữ ký&gt;"' in page
    assert "bí mật" not in page


def test_refusal_lists_several(posted):
    page = errors.refusal(posted, Refusals([NotNow(code="A"), NotNow(code="B")])).content.decode()

    assert "Hồ sơ A" in page
    assert "Hồ sơ B" in page


def test_refusal_for_a_piece_of_a_page_goes_into_the_notices():
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    answer = errors.refusal(request, NotNow(code="A"))

    assert answer["HX-Retarget"] == "#notices"
    assert b"<html" not in answer.content


def test_middleware_leaves_unexpected_errors_alone(posted):
    assert errors.RefusalMiddleware(lambda request: None).process_exception(posted, ValueError("x")) is None


def test_failed_shows_the_incident_and_keeps_what_was_typed(posted):
    answer = errors.failed(posted)

    assert answer.status_code == 500
    assert "K7QM-2XWD" in answer.content.decode()
    assert "Thiếu &lt;chữ ký&gt;" in answer.content.decode()


def test_incident_id_is_in_the_header_of_an_error_only():
    def view(request):
        return errors.not_found(request, Exception())

    answer = IncidentMiddleware(view)(RequestFactory().get("/"))

    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", answer["X-Incident-Id"])


def test_log_unexpected_never_quotes_the_exceptions_text(capsys):
    try:
        raise ValueError("số định danh 052190001234")
    except ValueError as error:
        log_unexpected(RequestFactory().get("/?q=052190001234"), error)

    assert "052190001234" not in capsys.readouterr().out


def test_unknown_address_is_a_page_of_ours(in_gia_lai):
    answer = Client(HTTP_HOST="gialai.localhost").get("/khong-co/")

    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.content.decode()
    assert answer["X-Incident-Id"]


def test_failed_says_that_the_database_is_away(posted):
    """Whoever is told “not done” would do again what was done: the answer was lost, not always the work."""
    try:
        try:
            raise psycopg.OperationalError("the connection is closed")
        except psycopg.OperationalError as lost:
            raise OperationalError from lost
    except OperationalError:
        answer = errors.failed(posted)
    assert answer.status_code == 503
    assert "Không tới được cơ sở dữ liệu" in answer.content.decode()
    try:
        raise ValueError
    except ValueError:
        assert errors.failed(posted).status_code == 500
