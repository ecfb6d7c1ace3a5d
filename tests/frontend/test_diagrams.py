"""The picture of a process: every step on it, lit by its run, in words as well; no style that the policy would drop."""

import random
import re
import tomllib
from pathlib import Path

import pytest
from django.template.loader import get_template

from apps.workflow.bpmn.drawing import Bounds
from frontend.diagrams import pictures_of, wrapped
from tests.apps.workflow.conftest import CALLED, MAIN
from tests.apps.workflow.test_engine_against_token_game import draw_sound

PROCESS = {"bpmn": MAIN, "called": {"ky-va-phat-hanh": CALLED}}
NATIONAL = Path(__file__).resolve().parents[2] / "apps" / "catalogue" / "national"


class Gone:
    """A step of a run, as far as a picture looks at it."""

    def __init__(self, key: str, state: str) -> None:
        self.key, self.state, self.is_open = key, state, state == "OPEN"


def shown(pictures) -> str:
    module = get_template("diagram/_diagram.html").template.module
    return str(module.diagram(pictures)) + str(module.step_table(pictures, "Các bước"))


def test_pictures_of_lights_steps_in_called_processes_too():
    run = [
        Gone("phan-cong", "DONE"),
        Gone("tham-dinh", "DONE"),
        Gone("ky", "OPEN"),
        Gone("vao-so", "CANCELLED"),
    ]
    main, called = pictures_of(PROCESS, run)
    states = {step.words.key: step.state for picture in (main, called) for step in picture.steps}
    assert states == {
        "phan-cong": "done",
        "tham-dinh": "done",
        "y-kien-ho-tro": "ahead",
        "y-kien-noi-bo": "ahead",
        "ky": "now",
        "vao-so": "ahead",
    }
    assert {shape.id: shape.state for shape in called.shapes}["ky"] == "now"
    assert {shape.id: shape.state for shape in main.shapes}["can-lay-y-kien"] == ""


def test_a_step_that_is_open_again_is_where_the_dossier_stands():
    (main, _called) = pictures_of(PROCESS, [Gone("tham-dinh", "DONE"), Gone("tham-dinh", "OPEN")])
    assert {step.words.key: step.state for step in main.steps}["tham-dinh"] == "now"


def test_the_picture_is_said_in_words_and_holds_no_style():
    page = shown(pictures_of(PROCESS, [Gone("phan-cong", "OPEN")]))
    assert "style=" not in page
    assert "Phân công thụ lý (đang xử lý)" in page
    for words in ("Lãnh đạo phòng", "Cơ quan phối hợp", "2 ngày làm việc", "Đồng ý, Không đồng ý"):
        assert words in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_name_is_escaped():
    text = MAIN.replace("Phân công thụ lý", "A &lt;script&gt;b")
    page = shown(pictures_of({"bpmn": text, "called": {"ky-va-phat-hanh": CALLED}}))
    assert "<script>" not in page
    assert "A &lt;script&gt;b" in page


@pytest.mark.parametrize("file", sorted(NATIONAL.glob("*.toml")), ids=lambda file: file.stem)
def test_national_processes_keep_their_drawing(file):
    spec = tomllib.loads(file.read_text(encoding="utf-8"))
    bpmn = (NATIONAL / f"{spec['code']}.bpmn").read_text(encoding="utf-8")
    (picture,) = pictures_of({"bpmn": bpmn})
    at = re.search(r'bpmnElement="bat-dau">\s*<dc:Bounds x="(\d+)" y="(\d+)"', bpmn)
    start = next(shape for shape in picture.shapes if shape.id == "bat-dau")
    assert (start.at.x, start.at.y) == (float(at[1]), float(at[2]))


@pytest.mark.parametrize("seed", range(30))
def test_words_stay_inside_their_box_and_everything_inside_the_picture(seed):
    text, called, _graphs = draw_sound(random.Random(seed))
    for picture in pictures_of({"bpmn": text, "called": called}):
        x, y, width, height = (float(number) for number in picture.box.split())
        box = Bounds(x, y, width, height)
        for shape in picture.shapes:
            assert box.x <= shape.at.x
            assert box.y <= shape.at.y
            assert shape.at.right <= box.right
            assert shape.at.bottom <= box.bottom
            if shape.kind == "step":
                assert all(shape.at.y < line.y < shape.at.bottom for line in shape.lines)


def test_wrapped_cuts_what_does_not_fit():
    assert wrapped("Thụ lý, kiểm tra hồ sơ thiết kế xây dựng", width=12, most=2) == [
        "Thụ lý, kiểm",
        "tra hồ sơ…",
    ]
    assert wrapped("x" * 40, width=10, most=2) == ["x" * 9 + "…"]
