"""What an applicant is told of a process: folded, in order, honest about what may not be needed."""

import random

import pytest

from apps.workflow.stages import StageState, light_stages, list_stages
from tests.apps.workflow.conftest import CALLED, MAIN
from tests.apps.workflow.test_engine_against_token_game import draw_sound

STAGES = list_stages(MAIN, {"ky-va-phat-hanh": CALLED})


def lit(opened=(), done=(), finished=False):
    return [str(s) for s in light_stages(STAGES, opened=set(opened), done=set(done), finished=finished)]


def test_list_stages_folds_ways_back_and_takes_calls_in():
    assert [stage.steps for stage in STAGES] == [
        ("phan-cong",),
        ("tham-dinh",),
        ("y-kien-ho-tro", "y-kien-noi-bo"),
        ("ky",),
        ("vao-so",),
    ]
    assert [stage.optional for stage in STAGES] == [False, False, True, False, True]


def test_light_stages_follows_a_run_and_a_way_back():
    assert lit() == ["ahead"] * 5
    assert lit(["tham-dinh"], ["phan-cong"]) == ["done", "now", "ahead", "ahead", "ahead"]
    assert lit(["ky"], ["phan-cong", "tham-dinh"]) == ["done", "done", "skipped", "now", "ahead"]
    assert lit(["tham-dinh"], ["phan-cong", "tham-dinh", "ky"])[1:] == ["now", "ahead", "ahead", "ahead"]
    assert lit(done=["phan-cong", "tham-dinh", "ky", "vao-so"], finished=True) == [
        "done", "done", "skipped", "done", "done",
    ]  # fmt: skip


def test_light_stages_of_two_branches_at_once():
    assert lit(["y-kien-ho-tro"], ["phan-cong", "tham-dinh", "y-kien-noi-bo"])[2] == StageState.NOW


@pytest.mark.parametrize("seed", range(60))
def test_list_stages_holds_every_step_once(seed):
    text, called, graphs = draw_sound(random.Random(seed))
    told = {key for stage in list_stages(text, called) for key in stage.steps}
    assert told == {step.key for graph in graphs for step in graph.steps}
