"""What is asked must be answered, what is not asked must not be; the published schema says the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker

from apps.forms.compiling import compile_form, get_form, papers_asked
from apps.forms.judging import problems_of
from tests.apps.forms.samples import asked_only, everything, of_fields

FORM = compile_form(everything())
GOOD = {"name": "Nguyễn An", "sex": "Nam"}


def told(answers: dict) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.sentence) for problem in problems_of(FORM, answers)]


def test_problems_of_finds_nothing_in_good_answers():
    assert told(GOOD) == []
    assert told({**GOOD, "sex": "Nữ", "promise": True, "witnesses": [{"name": "A"}]}) == []


def test_problems_of_asks_for_each_missing_answer_once_in_the_order_of_the_form():
    assert told({}) == [("/name", "chưa được điền."), ("/sex", "chưa được điền.")]
    assert told({"name": "  ", "sex": "Nam"}) == [("/name", "chưa được điền.")]


def test_problems_of_follows_conditions_in_a_chain():
    assert told({**GOOD, "married": True, "spouse": {"name": "B"}}) == [("/children", "chưa được điền.")]
    assert told({**GOOD, "married": False, "spouse": {"name": "B"}, "children": 2}) == [
        ("/spouse", "không được điền trong trường hợp này.")
    ]
    assert told({**GOOD, "income": 1000}) == [("/reason", "chưa được điền.")]
    assert told({**GOOD, "income": 1001}) == []


def test_problems_of_follows_the_condition_of_a_section():
    assert told({**GOOD, "promise": True}) == [("/promise", "không được điền trong trường hợp này.")]
    assert told({"name": "A", "sex": "Nữ"}) == [("/promise", "chưa được điền.")]


def test_problems_of_looks_into_rows_and_people():
    answers = {
        **GOOD,
        "sex": "Nữ",
        "promise": True,
        "married": True,
        "spouse": {"name": "B", "identity_number": "12", "residence": {"province_name": "Gia Lai"}},
        "children": 21,
        "witnesses": [{"name": "A", "nation": "Lào"}, {"is_foreign": True, "name": "B"}, {}],
    }
    found = {problem.pointer: problem for problem in problems_of(FORM, answers)}
    assert set(found) == {
        "/spouse/identity_number", "/spouse/residence/commune_name", "/children", "/witnesses/0/nation",
        "/witnesses/1/nation", "/witnesses/2", "/witnesses/2/name",
    }  # fmt: skip
    assert found["/witnesses/1/nation"].title == "Người làm chứng 2: Nước"
    assert found["/witnesses/1/nation"].name == "witnesses.1.nation"
    assert found["/spouse/identity_number"].title == "Vợ hoặc chồng: Số định danh cá nhân"


@pytest.mark.parametrize(
    ("answers", "pointer"),
    [
        ({"extra": 1}, "/extra"), ({"a/b~c": 1}, "/a~1b~0c"), ({"born": "31/12/2020"}, "/born"),
        ({"married": "yes"}, "/married"), ({"area": "x"}, "/area"), ({"income": 1.5}, "/income"),
        ({"promise": False, "sex": "Nữ"}, "/promise"), ({"witnesses": [{"name": "a"}] * 4, "sex": "Nữ"}, "/witnesses"),
        ({"home": {}}, "/home/province_name"), ({"email": "a"}, "/email"), ({"name": "x" * 251}, "/name"),
    ],
)  # fmt: skip
def test_problems_of_names_the_place_and_never_the_answer(answers, pointer):
    problems = problems_of(FORM, {**GOOD, **answers})
    assert pointer in [problem.pointer for problem in problems]
    assert not any("31/12" in problem.sentence or "x" * 9 in problem.sentence for problem in problems)


def test_problems_of_stops_at_a_hundred():
    assert len(problems_of(FORM, {"sex": "Nữ", "witnesses": [7] * 5000})) <= 100


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(of_fields(FORM.fields))
def test_problems_of_agrees_with_any_validator_of_the_published_schema(answers):
    plain = Draft202012Validator(FORM.schema, format_checker=FormatChecker(("date", "email")))
    assert plain.is_valid(answers) is (problems_of(FORM, answers) == [])


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(of_fields(FORM.fields))
def test_prune_leaves_no_answer_that_is_not_asked(answers):
    left = asked_only(FORM, answers)
    assert "không được điền trong trường hợp này." not in [one.sentence for one in problems_of(FORM, left)]
    assert {name: left[name] for name in left if name != "witnesses"} == {
        name: answers[name] for name in left if name != "witnesses"
    }
    assert asked_only(FORM, left) == left


def test_papers_asked_names_the_papers_that_the_answers_call_for():
    assert papers_asked(FORM, {**GOOD, "sex": "Nữ"}) == {"giay-uy-quyen": True}
    assert papers_asked(FORM, {**GOOD, "sex": "Nữ", "promise": True}) == {}
    assert papers_asked(FORM, GOOD) == {}


def test_get_form_compiles_once_for_a_content():
    first = get_form(everything(), content_sha256="a" * 64)
    assert get_form(everything(), content_sha256="a" * 64) is first
    assert get_form(everything(), content_sha256="b" * 64).sha256 == first.sha256


def test_problems_of_takes_several_choices_once_each_and_only_those_of_the_list():
    assert told({**GOOD, "lost": ["Sổ hộ khẩu", "Giấy khai sinh"], "lost_where": "Chợ"}) == []
    assert told({**GOOD, "lost_where": "Chợ"}) == [("/lost_where", "không được điền trong trường hợp này.")]
    assert told({**GOOD, "lost": ["Xe máy"]}) == [("/lost/0", "không có trong danh sách lựa chọn.")]
    assert told({**GOOD, "lost": ["Sổ hộ khẩu"] * 2}) == [("/lost", "có lựa chọn bị lặp lại.")]
    assert told({**GOOD, "lost": []}) == [("/lost", "chưa được điền.")]
    assert told({**GOOD, "lost": "Sổ hộ khẩu"}) == [("/lost", "không đúng dạng.")]
