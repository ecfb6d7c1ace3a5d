"""A drawing made for random processes: nothing on top of anything, every flow from border to border."""

import random
import time
from itertools import pairwise

import pytest

from apps.workflow.bpmn.drawing import Bounds
from apps.workflow.bpmn.graph import Flow, Graph, Node, NodeKind
from apps.workflow.bpmn.layout import draw, lay_out
from apps.workflow.bpmn.reading import read_process
from apps.workflow.bpmn.writing import write_process
from tests.apps.workflow.conftest import CALLED, MAIN
from tests.apps.workflow.test_engine_against_token_game import draw_sound

SEEDS = range(60)


def on_border(point: tuple[float, float], at: Bounds, kind: NodeKind) -> bool:
    """Of the shape itself: a circle for events, a square on its corner for gateways, a box for the rest."""
    x, y = point[0] - at.middle[0], point[1] - at.middle[1]
    if kind in (NodeKind.START, NodeKind.END):
        return abs((x**2 + y**2) ** 0.5 - at.width / 2) < 0.5
    if kind in (NodeKind.EXCLUSIVE, NodeKind.PARALLEL):
        return abs(abs(x) + abs(y) - at.width / 2) < 0.5
    beside, above = abs(abs(x) - at.width / 2) < 0.5, abs(abs(y) - at.height / 2) < 0.5
    return (beside and abs(y) <= at.height / 2) or (above and abs(x) <= at.width / 2)


def crosses(first: tuple[float, float], second: tuple[float, float], at: Bounds) -> bool:
    """Does an upright or level piece of a way run through the inside of this box?"""
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    return left < at.right - 1 and at.x + 1 < right + 0.1 and top < at.bottom - 1 and at.y + 1 < bottom + 0.1


def check(graph: Graph) -> None:
    drawing = lay_out(graph)
    assert drawing.covers(graph)
    shapes = list(drawing.shapes.items())
    for number, (one, bounds) in enumerate(shapes):
        for other, others in shapes[number + 1 :]:
            assert not bounds.overlaps(others, gap=10), (one, other)
    for flow in graph.flows:
        points = drawing.edges[flow.id]
        ends = ((points[0], flow.source), (points[-1], flow.target))
        for point, node in ends:
            assert on_border(point, drawing.shapes[node], graph.nodes[node].kind), (flow.id, point, node)
        for first, second in pairwise(points):
            assert first[0] == second[0] or first[1] == second[1], (flow.id, points)
            for node, bounds in shapes:
                if node not in (flow.source, flow.target):
                    assert not crosses(first, second, bounds), (flow.id, node)


@pytest.mark.parametrize("seed", SEEDS)
def test_lay_out_keeps_shapes_apart_and_flows_on_borders(seed):
    _text, _called, graphs = draw_sound(random.Random(seed))
    for graph in graphs:
        check(graph)


@pytest.mark.parametrize("seed", SEEDS)
def test_write_process_is_read_back_equal(seed):
    _text, _called, graphs = draw_sound(random.Random(seed))
    for graph in graphs:
        drawing = lay_out(graph)
        text = write_process(graph, drawing)
        back = read_process(text)
        assert back.problems == []
        assert back.graph == graph
        assert back.drawing == drawing
        assert write_process(back.graph, draw(back.graph, back.drawing)) == text


def test_write_process_keeps_every_word_of_the_sample():
    for text in (MAIN, CALLED):
        graph = read_process(text).graph
        again = read_process(write_process(graph, lay_out(graph)))
        assert again.graph == graph
        assert again.graph.nodes == graph.nodes


def test_write_process_keeps_remarks_documentation_and_what_a_step_asks_for():
    text = MAIN.replace(
        'mc:duty="DIVISION_HEAD" mc:unit="COMPETENT" mc:allot="PT4H" />',
        'mc:duty="DIVISION_HEAD" mc:unit="COMPETENT" mc:allot="PT4H" mc:form="phieu-1" mc:issues="KQ.01;M02" '
        'mc:move="REQUEST_PAYMENT"><bpmn:documentation>Giao trong ngày</bpmn:documentation></bpmn:userTask>'
        '<bpmn:textAnnotation id="ghi-chu"><bpmn:text>Điều 5 &amp; 6</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:association id="noi" sourceRef="phan-cong" targetRef="ghi-chu" />',
        1,
    )
    read = read_process(text)
    assert read.problems == []
    step = read.graph.nodes["phan-cong"].step
    assert (step.form, step.issues, step.move) == ("phieu-1", ("KQ.01", "M02"), "REQUEST_PAYMENT")
    drawing = lay_out(read.graph)
    again = read_process(write_process(read.graph, drawing))
    assert (again.graph, again.drawing) == (read.graph, drawing)
    assert [remark.id for remark in again.graph.remarks] == ["ghi-chu", "noi"]


def test_draw_keeps_the_drawing_that_came_and_makes_one_where_a_node_is_missing():
    graph = read_process(CALLED).graph
    made = lay_out(graph)
    moved = read_process(write_process(graph, made)).drawing
    moved.shapes["ky"] = Bounds(900, 900, 150, 80)
    assert draw(graph, moved) is moved
    del moved.shapes["ky"]
    assert draw(graph, moved) == made


def test_places_that_are_none_count_as_not_drawn():
    graph = read_process(CALLED).graph
    text = write_process(graph, lay_out(graph))
    first = text.index("<dc:Bounds x=")
    for unfit in ('x="nan"', 'x="1e999"', 'x="99999999"', 'x="mot"'):
        spoiled = text[:first] + text[first:].replace('x="', f'{unfit} data-x="', 1)
        read = read_process(spoiled)
        assert read.problems == []
        assert len(read.drawing.shapes) == len(graph.nodes) - 1
        assert draw(read.graph, read.drawing) == lay_out(graph)


def test_lay_out_of_an_unfinished_process_never_fails():
    nodes = [Node("a", NodeKind.STEP), Node("b", NodeKind.EXCLUSIVE), Node("c", NodeKind.STEP)]
    flows = [Flow("f", "a", "b"), Flow("g", "b", "a"), Flow("h", "b", "b"), Flow("i", "b", "gone")]
    graph = Graph("p", "P", {node.id: node for node in nodes}, flows)
    drawing = lay_out(graph)
    assert set(drawing.shapes) == {"a", "b", "c"}
    assert set(drawing.edges) == {"f", "g", "h"}
    assert lay_out(Graph("p", "P")).shapes == {}


def test_lay_out_of_the_largest_file_stays_quick():
    """200 nodes in a row, every further way as long as can be: no more places than there is room for."""
    nodes = {f"n{i}": Node(f"n{i}", NodeKind.STEP) for i in range(200)}
    flows = [Flow(f"f{i}", f"n{i}", f"n{i + 1}") for i in range(199)]
    flows += [Flow(f"l{i}", f"n{i % 50}", f"n{199 - i % 47}") for i in range(400)]
    began = time.process_time()
    drawing = lay_out(Graph("p", "P", nodes, flows))
    assert len(drawing.edges) == len(flows)
    assert time.process_time() - began < 5  # a bound against running away, not a measure
