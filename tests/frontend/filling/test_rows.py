"""Buttons inside a form, and where the facts of a person come from."""

import pytest

from apps.forms.compiling import compile_form
from frontend.filling.reading import read_answers
from frontend.filling.rows import change
from tests.apps.forms.samples import everything

FORM = compile_form(everything())
FACTS = {
    "SUBMITTER": {
        "name": "Trần An",
        "identity_number": "052190001234",
        "birth_date": "12/03/1990",
        "address": "Tổ 5",
    }
}


@pytest.fixture
def rows() -> dict[str, str]:
    typed = {"answers.witnesses.rows": "3", "answers.sex": "Nữ"}
    return typed | {f"answers.witnesses.{row}.name": f"N{row}" for row in range(3)}


def names(values: dict[str, str]) -> list[str]:
    return [row["name"] for row in read_answers(FORM, values).get("witnesses", [])]


def test_change_adds_a_row_up_to_what_the_form_allows(rows):
    rows["answers.witnesses.rows"] = "2"
    assert change(FORM, rows, "add:witnesses") == ""
    assert change(FORM, rows, "add:witnesses") == ""
    assert rows["answers.witnesses.rows"] == "3"


def test_change_takes_a_row_out_and_the_others_keep_what_was_typed(rows):
    assert change(FORM, rows, "remove:witnesses:1") == "answers.witnesses"
    assert names(rows) == ["N0", "N2"]
    assert "answers.witnesses.2.name" not in rows


@pytest.mark.parametrize("act", ["", "1", "add:name", "add:khong_co", "remove:witnesses:7", "remove:witnesses:x", "remove:witnesses:-1",
                                 "SUBMITTER:name", "SUBMITTER:khong.co", "DATABASE:spouse", "place"])  # fmt: skip
def test_change_leaves_everything_for_what_it_does_not_know(rows, act):
    before = dict(rows)
    assert change(FORM, rows, act, facts=FACTS) == ""
    assert rows == before


def test_change_fills_in_a_person_and_the_source_is_kept_with_the_facts():
    values = {"answers.married": "yes"}
    assert change(FORM, values, "SUBMITTER:spouse", facts=FACTS) == "answers.spouse"
    spouse = read_answers(FORM, values)["spouse"]
    assert spouse == {
        "name": "Trần An", "identity_number": "052190001234", "birth_date": "1990-03-12",
        "residence": {"detail": "Tổ 5"}, "source": "SUBMITTER",
    }  # fmt: skip


def test_a_source_is_only_believed_with_its_seal():
    """Take the seal out of read_source and a page may claim what it likes: seen, the last line said DATABASE."""
    values = {"answers.married": "yes"}
    change(FORM, values, "SUBMITTER:spouse", facts=FACTS)
    values["answers.spouse.name"] = "Người Khác"
    assert read_answers(FORM, values)["spouse"]["source"] == "TYPED"
    seal = values["answers.spouse.source"].partition(":")[2]
    for claimed in ("DATABASE", "DATABASE:", f"DATABASE:{seal}", "x:y"):
        values |= {"answers.spouse.name": "Trần An", "answers.spouse.source": claimed}
        assert read_answers(FORM, values)["spouse"]["source"] == "TYPED"
