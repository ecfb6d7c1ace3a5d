"""Files exported here open in other BPMN 2.0 parsers and come back equal: bpmn-moddle (bpmn.io, Camunda), SpiffWorkflow."""

import json
import random
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser

from apps.workflow.bpmn.graph import Graph, NodeKind
from apps.workflow.bpmn.reading import read_process
from apps.workflow.bpmn.writing import step_attributes
from apps.workflow.files import standard_file
from infra.front import FRONT, find_node
from tests.apps.workflow.conftest import CALLED, MAIN
from tests.apps.workflow.test_engine_against_token_game import draw_sound

NATIONAL = Path(__file__).resolve().parents[3] / "apps" / "catalogue" / "national"
READER = Path(__file__).with_name("read_by_moddle.mjs")
MODDLE_TYPES = {kind: f"bpmn:{kind.value[0].upper()}{kind.value[1:]}" for kind in NodeKind}
ASKED = MAIN.replace(
    'mc:allot="PT4H"', 'mc:allot="PT4H" mc:form="phieu-1" mc:issues="KQ.01;M02" mc:move="REQUEST_PAYMENT"', 1
)


def exported() -> list[str]:
    texts = [ASKED, CALLED, *(file.read_text(encoding="utf-8") for file in sorted(NATIONAL.glob("*.bpmn")))]
    for seed in range(25):
        text, called, _graphs = draw_sound(random.Random(seed))
        texts += [text, *called.values()]
    return [standard_file(text) for text in texts]


@pytest.fixture(scope="module")
def files():
    return exported()


@pytest.fixture(scope="module")
def read_by_moddle(files):
    if not (FRONT / "node_modules" / "bpmn-moddle").exists():
        pytest.skip("the front end's packages are not installed: make front")
    given = {
        "modules": str(FRONT / "node_modules"),
        "own": str(FRONT / "drawing" / "own.js"),
        "files": files,
    }
    done = subprocess.run(
        [str(find_node().node), str(READER)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def as_moddle_says(graph: Graph) -> tuple[dict, dict]:
    nodes = {
        node.id: {
            "type": MODDLE_TYPES[node.kind],
            "name": node.name,
            "default": node.default,
            "calls": node.calls,
            "attributes": step_attributes(node.step) if node.step else {},
        }
        for node in graph.nodes.values()
    }
    flows = {
        flow.id: [flow.source, flow.target, flow.condition.text if flow.condition else None]
        for flow in graph.flows
    }
    return nodes, flows


def test_bpmn_moddle_reads_every_export_as_it_is_meant(files, read_by_moddle):
    """Process, nodes, our attributes, flows, conditions and the drawing, without a warning."""
    assert len(read_by_moddle) == len(files) > 40
    for text, found in zip(files, read_by_moddle, strict=True):
        reading = read_process(text)
        assert found["warnings"] == []
        assert (found["id"], found["name"], found["isExecutable"]) == (
            reading.graph.id,
            reading.graph.name,
            True,
        )
        assert (found["nodes"], found["flows"]) == as_moddle_says(reading.graph)
        shapes = {key: [at.x, at.y, at.width, at.height] for key, at in reading.drawing.shapes.items()}
        assert found["shapes"] == shapes
        assert found["edges"] == {key: [list(p) for p in way] for key, way in reading.drawing.edges.items()}


def test_what_bpmn_moddle_writes_comes_back_equal(files, read_by_moddle):
    """Graph, attributes and drawing, and our own spelling of it to the letter."""
    for text, found in zip(files, read_by_moddle, strict=True):
        before, after = read_process(text), read_process(found["xml"])
        assert after.problems == []
        assert (after.graph, after.drawing) == (before.graph, before.drawing)
        assert standard_file(found["xml"]) == text


def test_the_parser_of_spiffworkflow_opens_every_export(files):
    """Its own, not the one that the engine is built with here."""
    for text in files:
        graph = read_process(text).graph
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(text.encode()))
        spec = parser.get_spec(graph.id)
        assert set(graph.nodes) <= set(spec.task_specs)
        for flow in graph.flows:
            assert flow.target in {each.name for each in spec.task_specs[flow.source].outputs}
