"""The times of the steps against the legal limit: said only where it is certain."""

import pytest

from apps.dossiers.enums import Action, Status
from apps.dossiers.lifecycle import MOVES
from apps.workflow.bpmn.timing import LEAST_MINUTES, MOST_MINUTES, Limit, longest_way, over_limit
from apps.workflow.enums import StepMove
from apps.workflow.validation import problems, read_all
from tests.apps.workflow.conftest import CALLED, MAIN

GRAPHS = read_all(MAIN, {"ky-va-phat-hanh": CALLED})[0]


def over(amount, unit):
    return over_limit(GRAPHS, [Limit("Cấp mới", amount, unit, f"{amount} {unit}")])


def test_longest_way_takes_calls_in_and_every_way_back_once():
    way = longest_way(GRAPHS, minutes_of_a_day=MOST_MINUTES)
    assert (way.days_of, way.minutes_of) == (5, 4 * 60 + 8 * 60 + 2 * 60)
    assert way.steps[:2] == ("Phân công thụ lý", "Thẩm định hồ sơ")
    assert way.steps[-1] == "Vào sổ, đóng dấu"
    assert longest_way(GRAPHS, minutes_of_a_day=LEAST_MINUTES).minutes == 5 * 240 + 14 * 60


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (7, "WORKING_DAY", False),  # 5 days + 14 h are 6,75 days of eight hours
        (6, "WORKING_DAY", True),
        (7, "DAY", False),
        (6, "DAY", True),
        (34, "HOUR", False),  # 5 × 4 h + 14 h: surely no less
        (33, "HOUR", True),
        (1, "MONTH", False),
    ],
)
def test_over_limit_is_said_only_where_it_is_certain(amount, unit, expected):
    found = over(amount, unit)
    assert bool(found) is expected
    if expected:
        assert found[0].code == "time.over_limit"
        assert "5 ngày làm việc + 14 giờ làm việc" in found[0].sentence
        assert "Thẩm định hồ sơ" in found[0].sentence


def test_the_moves_of_a_step_are_those_of_the_lifecycle_while_a_dossier_is_processed():
    open_then = {action for action, (sources, _targets) in MOVES.items() if Status.PROCESSING in sources}
    assert set(StepMove.values) == {action.value for action in open_then}
    assert all(Action(move.value).label == move.label for move in StepMove)


@pytest.mark.parametrize(
    ("attribute", "code"),
    [
        ('mc:form="a b"', "step.bad_form"),
        ('mc:issues="KQ;;M02"', "step.bad_issues"),
        ('mc:issues="KQ;KQ"', "step.bad_issues"),
        ('mc:move="ACCEPT"', "step.unknown_move"),
        ('mc:move="xoa"', "step.unknown_move"),
    ],
)
def test_what_a_step_asks_for_is_checked(attribute, code):
    text = MAIN.replace('mc:allot="PT4H"', f'mc:allot="PT4H" {attribute}', 1)
    found = problems(text, {"ky-va-phat-hanh": CALLED})
    assert [each.code for each in found] == [code]
    assert found[0].element == "phan-cong"
