"""The language of conditions: what it says, and that it can do nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.workflow.bpmn.conditions import ConditionUnreadable, parse_condition
from apps.workflow.engine.language import ScriptsRefused, SmallLanguage

FACTS = {"decision": "yes", "decisions.a-b": "no", "copies": 3, "fee": 8000.5, "online": True, "name": "Mai"}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("decision == 'yes'", True),
        ('decision == "yes"', True),
        ("'yes' == decision", True),
        ("decision != 'yes'", False),
        ("decisions.a-b == 'no'", True),
        ("copies > 2 and copies <= 3", True),
        ("copies < 3 or fee >= 8000.5", True),
        ("not (copies < 3 or online)", False),
        ("not copies < 3 and online", True),
        ("false or true and false", False),
        ("online", True),
        ("not online", False),
        ("copies", False),
        ("copies in [1, 2, 3]", True),
        ("decision in ['a', 'b']", False),
        ("missing == null", True),
        ("missing != 'x'", True),
        ("missing < 3", False),
        ("missing >= 3", False),
        ("name < 3", False),
        ("online == 1", False),
        ("online < 2", False),
        ("copies == 3.0", True),
        ("copies == '3'", False),
        ("name < 'Nam'", True),
        ("-1 < copies", True),
        ("  true\n", True),
    ],
)
def test_holds(text, holds):
    assert parse_condition(text).holds(FACTS) is holds


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1),
        ("   ", 1),
        ("decision ==", 12),
        ("decision = 'x'", 10),
        ("copies + 1 > 2", 8),
        ("f(x)", 2),
        ("a.b.c == 1", 4),
        ("x[0] == 1", 2),
        ("x == [1]", 6),
        ("x in y", 6),
        ("x in []", 7),
        ("(x", 3),
        ("x)", 2),
        ("'open", 1),
        ("x == 'it\\'s'", 6),
        ("lambda: 1", 7),
        ("x == 1 == 1", 8),
        ("and", 1),
        ("x; y", 2),
        ("__import__('os').system('true')", 17),
        ("(" * 40 + "x" + ")" * 40, 32),
    ],
)
def test_anything_else_is_not_read(text, position):
    with pytest.raises(ConditionUnreadable) as refusal:
        parse_condition(text)
    assert refusal.value.args[0] == position


def test_a_condition_tells_what_it_asks_for():
    condition = parse_condition("decision in ['a', 'b'] and ('c' != decisions.x or copies > 2)")
    assert condition.names == {"decision", "decisions.x", "copies"}
    assert condition.compared == {("decision", "a"), ("decision", "b"), ("decisions.x", "c")}


@given(st.text(max_size=60))
def test_reading_never_breaks(text):
    try:
        condition = parse_condition(text)
    except ConditionUnreadable:
        return
    assert condition.holds(FACTS) in (True, False)


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)


@given(plain, plain, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
def test_evaluating_never_breaks_and_is_true_or_false(left, right, operator):
    assert parse_condition(f"a {operator} b").holds({"a": left, "b": right}) in (True, False)


def test_the_engine_has_no_other_language():
    language = SmallLanguage(facts={}, decisions={})
    assert not hasattr(language, "environment")
    with pytest.raises(ScriptsRefused):
        language.execute(None, "import os")
    with pytest.raises(ScriptsRefused):
        language.call_service(None)
    with pytest.raises(ConditionUnreadable):
        language.validate("print(1)")
