"""What is typed becomes answers, and answers become what would have been typed."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.forms.judging import problems_of
from frontend.filling.reading import read_answers, read_value, write_values
from tests.apps.forms.samples import asked_only, of_fields
from tests.frontend.filling.drawing import FORM, PLACES, drawn, sent_by_a_browser

_PLACED = st.sampled_from(
    [
        {"province_code": "H21", "province_name": "Tỉnh Gia Lai", "commune_code": "H21.101", "commune_name": "Phường Pleiku"},
        {"province_code": "H21", "province_name": "Tỉnh Gia Lai", "commune_name": "Thôn không có trong danh mục"},
        {"province_code": "H99", "province_name": "Tỉnh Xa", "commune_code": "H99.1", "commune_name": "Xã Xa"},
        {"province_name": "Viêng Chăn", "commune_name": "Xaysetha", "detail": "Phố 5"},
    ]
)  # fmt: skip


def without_sources(answers: Any) -> Any:
    if isinstance(answers, dict):
        return {name: without_sources(value) for name, value in answers.items() if name != "source"}
    return [without_sources(one) for one in answers] if isinstance(answers, list) else answers


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(of_fields(FORM.fields), _PLACED, st.booleans())
def test_what_is_shown_and_sent_back_is_what_was_answered(answers, home, placed):
    """Through the page itself: drawn as HTML, and read from what a browser would send of it."""
    if placed:
        answers["home"] = home
    answers = without_usual(asked_only(FORM, answers))
    sent = sent_by_a_browser(drawn(write_values(FORM, answers)))
    back = read_answers(FORM, sent, places=PLACES)
    assert without_sources(back) == answers
    assert (problems_of(FORM, back) == []) is (problems_of(FORM, answers) == [])


def without_usual(answers: dict[str, Any]) -> dict[str, Any]:
    """Somebody of whom only the usual nationality is known is nobody."""
    if answers.get("spouse") in ({"nationality": "Việt Nam"}, {}):
        answers.pop("spouse")
    rows = [row for row in answers.pop("witnesses", []) if row]
    return asked_only(FORM, answers | ({"witnesses": rows} if rows else {}))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "1/2/1990", "1990-02-01"), ("date", "32/1/1990", "32/1/1990"), ("integer", "1.200", 1200),
        ("integer", "12.5", "12.5"), ("integer", "-1", "-1"), ("money", "8.000 đ", 8000), ("money", "8,5", "8,5"),
        ("number", "120,5", 120.5), ("number", "120.5", 120.5), ("number", "1.200,5", 1200.5), ("number", "1.200", 1200.0),
        ("number", "1e9", "1e9"), ("number", "nan", "nan"), ("number", "٣", "٣"), ("yes_no", "yes", True), ("yes_no", "có", "có"),
        ("tick", "1", True), ("tick", "x", "x"), ("identity", "052 090 001234", "052090001234"), ("phone", "0905.123.456", "0905123456"),
    ],
)  # fmt: skip
def test_read_value_reads_as_people_write_here_and_leaves_the_rest(kind, text, value):
    assert read_value(kind, text) == value


def test_read_answers_leaves_out_what_is_not_asked_and_what_is_blank():
    typed = {
        "answers.name": " An ", "answers.sex": "Nam", "answers.married": "no", "answers.spouse.name": "B",
        "answers.witnesses.rows": "2", "answers.witnesses.0.name": "C", "answers.reason": " \r\n ",
    }  # fmt: skip
    assert read_answers(FORM, typed) == {"name": "An", "sex": "Nam", "married": False}


def test_read_answers_counts_rows_within_what_the_form_allows():
    typed = {f"answers.witnesses.{row}.name": f"N{row}" for row in range(9)} | {"answers.sex": "Nữ"}
    for rows, count in (("2", 2), ("999", 3), ("-1", 0), ("x", 0), ("9999999", 0)):
        answers = read_answers(FORM, typed | {"answers.witnesses.rows": rows})
        assert len(answers.get("witnesses", [])) == count


def test_read_answers_takes_the_names_of_places_from_the_list_and_not_from_the_page():
    typed = {"answers.home.province_code": "H21", "answers.home.commune_code": "H21.101"}
    invented = {"answers.home.province_name": "Bịa", "answers.home.commune_name": "Bịa"}
    home = read_answers(FORM, typed | invented, places=PLACES)["home"]
    assert home == {
        "province_code": "H21",
        "province_name": "Tỉnh Gia Lai",
        "commune_code": "H21.101",
        "commune_name": "Phường Pleiku",
    }
    stale = read_answers(FORM, typed | {"answers.home.commune_code": "H26.001"}, places=PLACES)["home"]
    assert stale == {"province_code": "H21", "province_name": "Tỉnh Gia Lai"}
