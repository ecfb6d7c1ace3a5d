"""What a new wording of a form would no longer take, said by the question and never by the answer."""

from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings

from apps.forms.compiling import compile_form
from apps.forms.judging import problems_of
from apps.forms.kinds import make_field
from apps.forms.narrowing import Break, Fault, Narrowing
from tests.apps.forms.samples import asked_only, everything, of_fields

OLD = compile_form(everything())
GOOD = {"name": "Nguyễn An", "sex": "Nam", "income": 5000, "area": 12}
WITH_ROWS = {**GOOD, "sex": "Nữ", "promise": True, "witnesses": [{"name": "An"}]}


@pytest.fixture
def new():
    return deepcopy(everything())


def seen(narrowing: Narrowing, answers: dict) -> dict:
    """As the dossiers hand it over: some answers, of others only that they are there."""
    given_there = {name: True for name in narrowing.presence if name in answers}
    return given_there | {name: answers[name] for name in narrowing.values if name in answers}


def breaks(new: dict, answers: dict) -> list[tuple[str, str]]:
    narrowing = Narrowing(OLD, compile_form(new))
    return sorted((one.field, str(one.fault)) for one in narrowing.breaks(seen(narrowing, answers)))


def take_away(form: dict, name: str) -> dict:
    form["x-order"].remove(name)
    form["required"] = [one for one in form["required"] if one != name]
    return form["properties"].pop(name)


def test_an_unchanged_form_looks_at_nothing(new):
    narrowing = Narrowing(OLD, compile_form(new))
    assert (narrowing.values, narrowing.presence) == ((), ())


def test_new_words_and_more_room_break_nothing(new):
    new["properties"]["sex"] |= {"title": "Giới tính ghi trên giấy tờ", "enum": ["Nam", "Nữ", "Khác"]}
    new["properties"]["name"]["maxLength"] = 300
    new["x-order"].reverse()
    assert breaks(new, GOOD) == []


def test_a_removed_question_breaks_who_answers_it(new):
    take_away(new, "area")
    assert breaks(new, GOOD) == [("area", "REMOVED")]
    assert breaks(new, {"name": "An", "sex": "Nam"}) == []
    narrowing = Narrowing(OLD, compile_form(new))
    assert (narrowing.values, narrowing.presence) == ((), ("area",))  # no answer is asked for


def test_a_renamed_question_is_said_once_with_its_new_name(new):
    field = take_away(new, "name")
    new["properties"]["full_name"] = field
    new["x-order"].append("full_name")
    new["required"].append("full_name")
    narrowing = Narrowing(OLD, compile_form(new))
    (found,) = narrowing.breaks(seen(narrowing, GOOD))
    assert found == Break("name", Fault.RENAMED, "Họ, chữ đệm, tên", "full_name")


@pytest.mark.parametrize("name", ["phone", "brought"])
def test_what_is_newly_required_breaks_who_lacks_it(new, name):
    if name not in new["properties"]:
        new["properties"][name] = make_field("date", title="Ngày mang đến")
        new["x-order"].append(name)
    new["required"].append(name)
    assert breaks(new, GOOD) == [(name, "REQUIRED")]
    assert breaks(new, {**GOOD, name: "0905123456"}) == []


def test_what_is_required_then_breaks_only_then(new):
    new["properties"]["phone"]["x-required-when"] = {"field": "income", "least": 4000}
    assert breaks(new, GOOD) == [("phone", "REQUIRED")]
    assert breaks(new, {**GOOD, "income": 3000}) == []


def test_a_narrower_choice_breaks_who_chose_what_went(new):
    new["properties"]["sex"]["enum"] = ["Nữ"]
    assert breaks(new, GOOD) == [("sex", "NARROWER")]
    assert breaks(new, {**GOOD, "sex": "Nữ"}) == []


def test_another_kind_breaks_who_answers_in_the_old_one(new):
    new["properties"]["income"] = make_field("text", title="Thu nhập")
    assert breaks(new, GOOD) == [("income", "NARROWER")]


def test_what_is_no_longer_asked_breaks_who_answers_it(new):
    new["properties"]["income"]["x-when"] = {"field": "sex", "equals": "Nữ"}
    assert breaks(new, GOOD) == [("income", "NOT_ASKED")]
    assert breaks(new, {**GOOD, "sex": "Nữ"}) == []


def test_what_changes_in_a_row_is_named_without_the_row(new):
    row = new["properties"]["witnesses"]["items"]
    row["properties"]["born"] = make_field("date", title="Ngày sinh")
    row["required"].append("born")
    row["x-order"].append("born")
    narrowing = Narrowing(OLD, compile_form(new))
    (found,) = narrowing.breaks(seen(narrowing, WITH_ROWS))
    assert (found.field, found.fault) == ("witnesses.born", Fault.REQUIRED)
    assert found.title == "Người làm chứng: Ngày sinh"
    del row["properties"]["name"]
    assert ("witnesses.name", "REMOVED") in breaks(new, WITH_ROWS)


def test_what_the_wording_in_force_refuses_already_is_no_news(new):
    """Answers of an older wording still: take ``- known`` out of breaks and this program is told to mend it again."""
    new["properties"]["sex"]["enum"] = ["Nữ"]
    assert breaks(new, {**GOOD, "sex": "Khác"}) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=of_fields(OLD.fields))
def test_breaks_says_of_random_answers_what_the_judge_of_forms_says(answers):
    """For answers that the old form takes: something breaks exactly when the new form refuses them."""
    answers = asked_only(OLD, answers)
    if problems_of(OLD, answers):
        answers = asked_only(OLD, {**GOOD, **answers})
        if problems_of(OLD, answers):
            return
    new = deepcopy(everything())
    take_away(new, "email")
    new["required"].append("area")
    new["properties"]["sex"]["enum"] = ["Nam"]
    new["properties"]["children"]["maximum"] = 2
    new["properties"]["phone"]["x-when"] = {"field": "income", "most": 10**6}
    new["properties"]["home"]["required"].append("detail")
    assert bool(breaks(new, answers)) is bool(problems_of(compile_form(new), answers))


def test_breaks_sees_a_choice_of_several_that_goes(new):
    new["properties"]["lost"]["items"]["enum"] = ["Sổ hộ khẩu"]
    assert breaks(new, {**GOOD, "lost": ["Sổ hộ khẩu"]}) == []
    assert breaks(new, {**GOOD, "lost": ["Giấy khai sinh"]}) == [("lost", Fault.NARROWER)]
