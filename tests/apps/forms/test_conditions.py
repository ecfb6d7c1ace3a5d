"""The language of conditions says the same as the JSON Schema that it becomes."""

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from apps.forms.conditions import holds, is_condition, say, to_schema

_FIELDS = st.sampled_from(["a", "b", "c"])
_VALUES = st.sampled_from(["x", "y", True, False, 0, 1, 2])
_TESTS = st.one_of(
    st.fixed_dictionaries({"field": _FIELDS, "equals": _VALUES}),
    st.fixed_dictionaries({"field": _FIELDS, "in": st.lists(_VALUES, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"field": _FIELDS, "filled": st.booleans()}),
    st.fixed_dictionaries({"field": _FIELDS, "least": st.integers(-1, 2)}),
    st.fixed_dictionaries({"field": _FIELDS, "most": st.integers(-1, 2)}),
)
CONDITIONS = st.recursive(
    _TESTS,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=4,
).filter(is_condition)
_ANSWERS = st.dictionaries(_FIELDS, st.one_of(_VALUES, st.none(), st.just([]), st.floats(0, 2)))


@given(CONDITIONS, _ANSWERS)
def test_holds_says_what_the_schema_says(condition, answers):
    assert holds(condition, answers) is Draft202012Validator(to_schema(condition)).is_valid(answers)


def test_is_condition_refuses_what_it_cannot_read():
    good = {"field": "a", "equals": "x"}
    assert is_condition(good)
    for bad in (
        None, [], {}, {"field": "a"}, {"equals": 1}, {**good, "in": ["x"]}, {"all": []}, {"any": good},
        {"field": "a", "equals": None}, {"field": "a", "filled": "yes"}, {"field": "a", "least": True},
        {"not": {"not": {"not": {"not": {"not": good}}}}},
    ):  # fmt: skip
        assert not is_condition(bad), bad


def test_say_names_the_question_by_its_title():
    titles = {"relation": "Quan hệ"}
    said = say({"all": [{"field": "relation", "in": ["Cha", "Mẹ"]}, {"field": "x", "filled": True}]}, titles)
    assert said == "“Quan hệ” là “Cha” hoặc “Mẹ” và đã điền “x”"
