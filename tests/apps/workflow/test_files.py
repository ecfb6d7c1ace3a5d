"""Files that people hand in: hostile or half ones are refused with every problem by place, and nothing of them is taken."""

import random

import pytest

from apps.workflow.bpmn.layout import lay_out
from apps.workflow.bpmn.reading import LARGEST_BYTES, read_process
from apps.workflow.files import (
    check_draft,
    new_process,
    standard_file,
    take_in,
    tidied,
    with_drawing,
    with_steps,
)
from apps.workflow.validation import read_all
from tests.apps.workflow.conftest import CALLED, MAIN
from tests.apps.workflow.test_engine_against_token_game import draw_sound

BOTH = [("ky.bpmn", CALLED.encode()), ("cap-phep.bpmn", MAIN.encode())]
BOMB = '<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def taken(*files):
    return take_in(files)


def codes(found):
    return [(name, each.code) for name, each in found.problems]


def test_take_in_finds_the_main_process_whatever_the_order():
    found = take_in(BOTH)
    assert found.problems == []
    assert read_process(found.main).graph.id == "cap-phep"
    assert list(found.called) == ["ky-va-phat-hanh"]
    assert read_all(found.main, found.called)[1] == []
    assert read_process(found.main).drawing == lay_out(read_process(MAIN).graph)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (MAIN.replace("<bpmn:definitions", BOMB + "<bpmn:definitions", 1), "xml.doctype"),
        (
            MAIN.replace("<bpmn:definitions", '<!DOCTYPE d SYSTEM "file:///etc/passwd"><bpmn:definitions', 1),
            "xml.doctype",
        ),
        (MAIN.replace("Cấp giấy phép", "&khong;"), "xml.unreadable"),
        (MAIN[: len(MAIN) // 2], "xml.unreadable"),
        ("<html/>", "xml.not_bpmn"),
        ("", "xml.unreadable"),
        ("x" * (LARGEST_BYTES + 1), "xml.too_large"),
        ("<a>" * 50_000, "xml.unreadable"),
    ],
)
def test_take_in_refuses_what_cannot_be_read(content, code):
    """Seen failing where take_in went on with the files that were sound: half of them would have been taken."""
    found = taken(("la.bpmn", content.encode()), *BOTH)
    assert ("la.bpmn", code) in codes(found)
    assert (found.main, found.called) == ("", {})


def test_take_in_refuses_an_include_and_every_foreign_element_by_place():
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    text = MAIN.replace(
        '<bpmn:startEvent id="bat-dau" />',
        f'<bpmn:startEvent id="bat-dau" />{include}<bpmn:scriptTask id="ma"/><bpmn:subProcess id="con"/>',
    )
    found = taken(("a.bpmn", text.encode()), BOTH[0])
    assert codes(found) == [("a.bpmn", "element.unknown")] * 3
    assert [each.element for _name, each in found.problems][1:] == ["ma", "con"]
    assert "root:" not in str(found)


def test_take_in_refuses_wrong_bytes_with_their_line():
    found = taken(("a.bpmn", MAIN.encode("utf-16")), BOTH[0])
    assert codes(found)[0] == ("a.bpmn", "xml.unreadable")
    spoiled = MAIN.encode().replace("Thẩm định".encode(), b"Th\xe1m", 1)
    (_name, problem), *_rest = taken(("a.bpmn", spoiled), BOTH[0]).problems
    assert f"dòng {MAIN[: MAIN.index('Thẩm định')].count(chr(10)) + 1}" in problem.sentence


def test_take_in_names_a_sub_process_that_is_missing():
    found = taken(BOTH[1])
    assert codes(found) == [("cap-phep.bpmn", "call.missing")]
    assert "ky-va-phat-hanh" in found.problems[0][1].sentence
    assert found.main == ""


def test_take_in_refuses_two_main_processes_and_the_same_twice():
    assert ("", "xml.one_main") in codes(taken(*BOTH, ("x.bpmn", new_process(key="x", name="X").encode())))
    assert ("y.bpmn", "id.twice") in codes(taken(*BOTH, ("y.bpmn", MAIN.encode())))
    assert codes(taken()) == [("", "xml.one_main")]


def test_take_in_opens_a_drawing_of_another_tool_that_can_be_mended_here():
    text = MAIN.replace('isExecutable="true"', 'isExecutable="false"').replace('mc:duty="DIVISION_HEAD" ', "")
    found = taken(("a.bpmn", text.encode()), BOTH[0])
    assert found.problems == []
    errors, _warnings = check_draft(found.main, found.called, [])
    assert {each.code for each in errors} == {"step.without_actor"}


@pytest.mark.parametrize("seed", range(20))
def test_standard_file_is_the_same_process_and_the_same_file_again(seed):
    text, called, graphs = draw_sound(random.Random(seed))
    for each, graph in zip((text, *(called[key] for key in sorted(called))), graphs, strict=True):
        written = standard_file(each)
        assert read_process(written).graph == graph
        assert standard_file(written) == written


def test_with_drawing_and_tidied_change_nothing_but_the_drawing():
    unsound = MAIN.replace('mc:allot="P3D"', 'mc:allot="ba ngày"')
    drawn = with_drawing(unsound)
    assert 'mc:allot="ba ngày"' in drawn
    assert read_process(drawn).graph == read_process(unsound).graph
    assert with_drawing(drawn) == drawn
    moved = drawn.replace('<dc:Bounds x="', '<dc:Bounds x="9', 1)
    assert with_drawing(moved) == moved
    assert read_process(tidied(moved)).drawing == read_process(drawn).drawing


def test_with_steps_writes_only_what_a_step_has():
    changed = with_steps(
        MAIN,
        {
            "phan-cong": {"name": "Giao việc", "duty": "SPECIALIST", "allot": "", "id": "x"},
            "chia": {"name": "y"},
        },
    )
    before, after = read_process(MAIN).graph, read_process(changed).graph
    step = after.nodes["phan-cong"].step
    assert (step.name, step.duty, step.allot) == ("Giao việc", "SPECIALIST", None)
    del before.nodes["phan-cong"], after.nodes["phan-cong"]
    assert before == after


def test_new_process_lacks_only_who_does_its_step():
    errors, _warnings = check_draft(new_process(key="moi", name='Tên "mới" <&>'), {}, [])
    assert [each.code for each in errors] == ["step.without_actor"]
