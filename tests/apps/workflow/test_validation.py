"""Every refusal of docs/bpmn.md, each by one change to a process that is in order."""

import pytest

from apps.workflow.bpmn.problem import SENTENCES
from apps.workflow.bpmn.reading import LARGEST_BYTES
from apps.workflow.validation import problems
from tests.apps.workflow.conftest import CALLED, DOCS, MAIN

OPEN = (
    '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:mc="urn:motcua:bpmn:1">'
    '<b:process id="p" name="P" isExecutable="true">'
)
CLOSE = "</b:process></b:definitions>"
ACTOR = 'mc:duty="SPECIALIST" mc:unit="COMPETENT"'


def process(nodes, ways):
    """``nodes``: "kind id [attributes]" lines; ``ways``: "a>b" or "a>b condition" lines."""
    drawn = []
    for line in nodes.strip().splitlines():
        kind, node, *more = line.split(maxsplit=2)
        extra = " ".join(more) or (ACTOR if kind == "userTask" else "")
        drawn.append(f'<b:{kind} id="{node}" name="{node}" {extra}/>')
    for number, line in enumerate(ways.strip().splitlines()):
        way, *more = line.strip().split(maxsplit=1)
        source, target = way.split(">")
        condition = f"<b:conditionExpression>{more[0]}</b:conditionExpression>" if more else ""
        drawn.append(
            f'<b:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{condition}</b:sequenceFlow>'
        )
    return OPEN + "".join(drawn) + CLOSE


def found(bpmn, called=None):
    return [(problem.code, problem.element) for problem in problems(bpmn, called)]


SIMPLE = process("startEvent s\nuserTask a\nendEvent e", "s>a\na>e")
BRANCH = """startEvent s
userTask a
exclusiveGateway x default="f3"
userTask c
endEvent e"""


def test_what_is_in_order_has_no_problem():
    assert found(SIMPLE) == []
    assert found(MAIN, {"ky-va-phat-hanh": CALLED}) == []
    assert found(CALLED) == []


def test_every_code_stands_in_the_page_and_the_sentence_names_the_element():
    page = DOCS.read_text(encoding="utf-8")
    for code in SENTENCES:
        assert code in page or f"{code.split('.')[0]}.*" in page, code
    (problem,) = problems(SIMPLE.replace('mc:unit="COMPETENT"', ""))
    assert problem.element == "a"
    assert problem.sentence == (
        "Bước “a” chưa có người xử lý: thiếu nhiệm vụ (mc:duty) hoặc đơn vị (mc:unit)."
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("xml.unreadable", "<a"),
        ("xml.unreadable", ""),
        ("xml.unreadable", "{}"),
        ("xml.unreadable", SIMPLE[:-5]),
        ("xml.not_bpmn", "<definitions/>"),
        ("xml.doctype", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        ("xml.doctype", "<!DOCTYPE a>" + SIMPLE),
        ("xml.too_large", " " * (LARGEST_BYTES + 1)),
        ("xml.one_process", SIMPLE.replace("</b:process>", '</b:process><b:process id="q"/>')),
        ("xml.one_process", OPEN[: OPEN.index("<b:process")] + "</b:definitions>"),
        ("xml.not_executable", SIMPLE.replace(' isExecutable="true"', "")),
        ("process.without_name", SIMPLE.replace('name="P"', 'name=" "')),
        ("id.missing", SIMPLE.replace('id="a"', "")),
        ("id.invalid", SIMPLE.replace('"a"', '"a b"')),
        ("id.invalid", SIMPLE.replace('"a"', '"bước"')),
        ("id.reserved", SIMPLE.replace('"a"', '"End"')),
        ("id.twice", SIMPLE.replace('id="e"', 'id="a"')),
        ("id.twice", SIMPLE.replace('id="f0"', 'id="a"')),
        ("id.twice", SIMPLE.replace('id="p"', 'id="a"')),
        ("element.unknown", SIMPLE.replace("b:userTask", "b:task")),
        ("element.unknown", SIMPLE.replace(f"{ACTOR}/>", f"{ACTOR}><b:extensionElements/></b:userTask>")),
        ("element.unknown", SIMPLE.replace("<b:process", '<b:message id="m"/><b:process')),
        ("attribute.unknown", SIMPLE.replace(ACTOR, f'{ACTOR} mc:due="P2D"')),
        ("attribute.unknown", SIMPLE.replace(ACTOR, f'{ACTOR} implementation="x"')),
        ("step.without_actor", SIMPLE.replace('mc:duty="SPECIALIST"', "")),
        ("step.without_actor", SIMPLE.replace('mc:unit="COMPETENT"', 'mc:unit=" "')),
        ("step.unknown_duty", SIMPLE.replace("SPECIALIST", "BOSS")),
        ("step.unknown_unit", SIMPLE.replace("COMPETENT", "competent")),
        ("step.unknown_unit", SIMPLE.replace("COMPETENT", "H21." + "1" * 40)),
        ("step.without_name", SIMPLE.replace('name="a"', "")),
        ("step.without_name", SIMPLE.replace('name="a"', f'name="{"a" * 201}"')),
        *(
            ("step.bad_time", SIMPLE.replace(ACTOR, f'{ACTOR} mc:allot="{time}"'))
            for time in ("4h", "PT", "P", "P0D", "PT0H", "P1DT2H", "PT1.5H", "-P1D", "P1000D", "P1W")
        ),
        *(
            ("step.bad_decisions", SIMPLE.replace(ACTOR, f'{ACTOR} mc:decisions="{decisions}"'))
            for decisions in ("yes", "yes|", "|Có", "Yes|Có", "a|A;a|B", "a|A;;b|B", "a|A;")
        ),
        ("flow.broken", process("startEvent s\nuserTask a\nendEvent e", "s>a\na>z")),
        ("flow.double", process("startEvent s\nuserTask a\nendEvent e", "s>a\na>e\na>e")),
        ("flow.condition_misplaced", process("startEvent s\nuserTask a\nendEvent e", "s>a x\na>e")),
        ("flow.condition_misplaced", process(BRANCH, "s>a\na>x\nx>c y == 1\nx>e y == 2\nc>e")),
        ("flow.condition_missing", process(BRANCH, "s>a\na>x\nx>c\nx>e\nc>e")),
        ("gateway.without_default", process(BRANCH.replace("f3", "f9"), "s>a\na>x\nx>c y == 1\nx>e y\nc>e")),
        ("flow.unknown_name", process(BRANCH, "s>a\na>x\nx>c decisions.z == null\nx>e\nc>e")),
        ("flow.unknown_name", process(BRANCH, "s>a\na>x\nx>c a.decision == null\nx>e\nc>e")),
        ("flow.unknown_decision", process(BRANCH, "s>a\na>x\nx>c decision == 'yes'\nx>e\nc>e")),
        ("flow.unknown_decision", process(BRANCH, "s>a\na>x\nx>c decisions.a in ['yes']\nx>e\nc>e")),
        *(
            ("flow.bad_condition", process(BRANCH, f"s>a\na>x\nx>c {condition}\nx>e\nc>e"))
            for condition in ("1 +", "__import__('os')", "a.b.c", "x = 1", "x == 'a", "${x}", "x if y else z")
        ),
        (
            "node.wrong_ways",
            process("startEvent s\nuserTask a\nuserTask b\nendEvent e", "s>a\na>b\na>e\nb>e"),
        ),
        ("node.wrong_ways", process("startEvent s\nuserTask a", "s>a\na>a")),
        ("node.wrong_ways", SIMPLE.replace(CLOSE, '<b:startEvent id="t"/>' + CLOSE)),
        ("node.dead_end", process("startEvent s\nuserTask a\nuserTask b\nendEvent e", "s>a\na>e\ne>b")),
        ("node.dead_end", process(BRANCH, "s>a\na>x\nx>c y\nx>e")),
        (
            "node.unreachable",
            process(SIMPLE_NODES := "startEvent s\nuserTask a\nuserTask b\nendEvent e", "s>a\na>e\nb>e"),
        ),
        ("node.unreachable", process(SIMPLE_NODES, "s>a\na>e\nb>b")),
        ("loop.without_exit", process(BRANCH + "\nuserTask d", "s>a\na>x\nx>c y\nx>e\nc>d\nd>c")),
        (
            "loop.without_step",
            process(
                BRANCH + '\nexclusiveGateway z default="f5"',
                "s>a\na>x\nx>z y\nx>c\nz>x k\nz>e\nc>e",
            ),
        ),
        ("process.without_step", process(BRANCH, "s>x\na>c\nx>a y\nx>e\nc>e")),
        ("call.missing", process("startEvent s\ncallActivity a\nendEvent e", "s>a\na>e")),
        ("call.missing", process('startEvent s\ncallActivity a calledElement="q"\nendEvent e', "s>a\na>e")),
        ("call.recursive", process('startEvent s\ncallActivity a calledElement="p"\nendEvent e', "s>a\na>e")),
    ],
)
def test_refusals(code, text):
    assert code in [each for each, _element in found(text)]


@pytest.mark.parametrize(
    "tag",
    [
        "scriptTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "manualTask",
        "businessRuleTask",
        "subProcess",
        "transaction",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
        "intermediateCatchEvent",
        "boundaryEvent",
        "dataObject",
        "laneSet",
    ],
)
def test_elements_outside_the_subset_are_refused_by_name(tag):
    assert found(SIMPLE.replace(CLOSE, f'<b:{tag} id="other"/>{CLOSE}')) == [("element.unknown", "other")]


@pytest.mark.parametrize("inside", ["timerEventDefinition", "multiInstanceLoopCharacteristics"])
def test_what_changes_a_node_from_inside_is_refused(inside):
    text = SIMPLE.replace(f"{ACTOR}/>", f'{ACTOR}><b:{inside} id="other"/></b:userTask>')
    assert found(text) == [("element.unknown", "other")]


def test_a_join_that_can_wait_for_ever_is_refused():
    text = process(
        'startEvent s\nuserTask a\nexclusiveGateway x default="f3"\nuserTask b\nuserTask c\n'
        "parallelGateway j\nendEvent e",
        "s>a\na>x\nx>b y\nx>c\nb>j\nc>j\nj>e",
    )
    assert found(text) == [("flow.never_joins", "j")]


def test_a_parallel_split_merged_without_a_join_is_refused():
    text = process(
        "startEvent s\nparallelGateway x\nuserTask a\nuserTask b\nuserTask c\nendEvent e",
        "s>x\nx>a\nx>b\na>c\nb>c\nc>e",
    )
    assert found(text) == [("flow.opens_twice", "c")]


def test_too_many_parallel_ways_are_refused_and_not_counted_for_ever():
    names = [f"n{number}" for number in range(20)]
    text = process(
        "startEvent s\nparallelGateway x\nparallelGateway j\nendEvent e\n"
        + "\n".join(f"userTask {name}" for name in names),
        "s>x\nj>e\n" + "\n".join(f"x>{name}\n{name}>j" for name in names),
    )
    assert found(text) == [("process.too_complex", "p")]


def test_a_circle_through_a_call_that_may_pass_idle_is_refused():
    called = process(
        'startEvent s2\nexclusiveGateway x2 default="f2"\nuserTask b\nendEvent e2',
        "s2>x2\nx2>b y\nx2>e2\nb>e2",
    ).replace('id="p"', 'id="q"')
    main = process(
        'startEvent s\nuserTask a\ncallActivity c calledElement="q"\nexclusiveGateway x default="f4"\nendEvent e',
        "s>a\na>c\nc>x\nx>c z\nx>e",
    )
    assert [code for code, _element in found(main, {"q": called})] == ["loop.without_step"]


def test_calls_are_checked_among_all_files():
    call = process('startEvent s\ncallActivity a calledElement="q"\nendEvent e', "s>a\na>e")
    other = SIMPLE.replace('id="p"', 'id="q"').replace('"a"', '"b"')
    assert found(call, {"q": other}) == []
    assert ("call.other_id", "q") in found(call, {"r": other})
    assert found(SIMPLE, {"q": other}) == [("call.unused", "q")]
    back = call.replace('id="p"', 'id="q"').replace('"q" name="P"', '"q" name="Q"')
    back = back.replace('calledElement="q"', 'calledElement="p"')
    assert {code for code, _element in found(call, {"q": back})} >= {"call.recursive"}
    twice = SIMPLE.replace('id="p"', 'id="q"')
    main = process('startEvent s\nuserTask a\ncallActivity c calledElement="q"\nendEvent e', "s>a\na>c\nc>e")
    assert found(main, {"q": twice}) == [("id.twice", "a")]  # a duty may be given for a step by its key


def test_problems_come_all_at_once():
    text = SIMPLE.replace('mc:duty="SPECIALIST"', 'mc:duty="BOSS" mc:allot="soon"').replace('name="P"', "")
    assert found(text) == [("process.without_name", "p"), ("step.unknown_duty", "a"), ("step.bad_time", "a")]


def test_entities_do_not_grow_and_no_file_is_read():
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    assert found(f'<!DOCTYPE a [<!ENTITY a0 "x">{bomb}]><a>&a9;</a>') == [("xml.doctype", "")]
    other_encoding = '<?xml version="1.0" encoding="UTF-16"?>' + SIMPLE
    assert found(other_encoding) == []  # read as what it is: the text was checked as UTF-8
