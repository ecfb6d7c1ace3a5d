"""The engine and the token game, two programs that share no line, agree on who is to work next.

Random block-structured processes with extra ways thrown in (kept when the
validation finds nothing) are run with random choices; after each step the open
steps of SpiffWorkflow must be the tokens of our own game.
"""

import json
import random

import pytest

from apps.workflow.bpmn.graph import Graph, NodeKind
from apps.workflow.bpmn.tokens import moves, put
from apps.workflow.engine import running
from apps.workflow.engine.spec import build_spec, load_spec
from apps.workflow.validation import read_all

HEAD = (
    '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:mc="urn:motcua:bpmn:1">'
    '<b:process id="p" name="P" isExecutable="true">'
)
TAIL = "</b:process></b:definitions>"


class Maker:
    """Draws a process: each block has one way in and one way out."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.kinds, self.ways = dice, {}, []

    def node(self, kind: str) -> str:
        name = f"{kind[0]}{len(self.kinds)}"
        self.kinds[name] = kind
        return name

    def block(self, depth: int) -> tuple[str, str]:
        shape = self.dice.choice(["step", "row", "choice", "parallel", "circle"] if depth else ["step"])
        if shape == "step":
            step = self.node("userTask")
            return step, step
        first, first_out = self.block(depth - 1)
        second, second_out = self.block(depth - 1)
        if shape == "row":
            self.ways.append((first_out, second))
            return first, second_out
        gate = "parallelGateway" if shape == "parallel" else "exclusiveGateway"
        if shape == "circle":
            into, out = self.node(gate), self.node(gate)
            self.ways += [(into, first), (first_out, out), (out, second), (second_out, into)]
            return into, out
        split, join = self.node(gate), self.node(gate)
        self.ways += [(split, first), (split, second), (first_out, join), (second_out, join)]
        return split, join

    def draw(self) -> str:
        start, end = self.node("startEvent"), self.node("endEvent")
        first, last = self.block(3)
        self.ways += [(start, first), (last, end)]
        gates = [name for name, kind in self.kinds.items() if kind == "exclusiveGateway"]
        for _ in range(self.dice.randint(0, 2)):
            if len(gates) > 1:
                self.ways.append(tuple(self.dice.sample(gates, 2)))
        return HEAD + "".join(self._nodes()) + "".join(self._flows()) + TAIL

    def _default(self, name: str) -> int | None:
        out = [number for number, way in enumerate(self.ways) if way[0] == name]
        return out[-1] if self.kinds[name] == "exclusiveGateway" and len(out) > 1 else None

    def _nodes(self):
        for name, kind in self.kinds.items():
            default = self._default(name)
            more = 'mc:duty="SPECIALIST" mc:unit="COMPETENT"' if kind == "userTask" else ""
            more += f' default="f{default}"' if default is not None else ""
            yield f'<b:{kind} id="{name}" name="{name}" {more}/>'

    def _flows(self):
        for number, (source, target) in enumerate(self.ways):
            default = self._default(source)
            condition = (
                f"<b:conditionExpression>way == '{number % 3}'</b:conditionExpression>"
                if default is not None and default != number
                else ""
            )
            ends = f'sourceRef="{source}" targetRef="{target}"'
            yield f'<b:sequenceFlow id="f{number}" {ends}>{condition}</b:sequenceFlow>'


def settle(graph: Graph, marking: frozenset[str], facts: dict) -> frozenset[str]:
    """Move every token that waits for no person; at an exclusive gateway the conditions choose."""
    while True:
        for node_id, after in moves(graph, marking):
            node = graph.nodes[node_id]
            if node.kind == NodeKind.STEP:
                continue
            if node.kind == NodeKind.EXCLUSIVE:
                out = graph.out(node_id)
                taken = next((flow for flow in out if flow.condition and flow.condition.holds(facts)), None)
                taken = taken or next(flow for flow in out if flow.condition is None)
                after = put(graph, marking - {node_id}, [taken])
            marking = after
            break
        else:
            return marking


@pytest.mark.parametrize("seed", range(300))
def test_engine_and_token_game_agree(seed):
    dice = random.Random(seed)
    for _attempt in range(50):
        bpmn = Maker(dice).draw()
        graphs, found = read_all(bpmn)
        if not found:
            break
    else:
        pytest.fail("no sound process was drawn")
    graph = graphs[0]
    spec = load_spec(json.loads(json.dumps(build_spec(bpmn, {}, graphs))))
    facts = {"way": dice.choice("012")}
    position = running.start(spec, facts=facts)
    start = graph.of_kind(NodeKind.START)[0]
    marking = settle(graph, put(graph, frozenset(), [graph.out(start.id)[0]]), facts)
    open_steps = {waiting.key: waiting.token for waiting in position.opened}
    for _turn in range(25):
        expected = {node for node in marking if node in graph.nodes and graph.nodes[node].step}
        assert set(open_steps) == expected
        assert position.finished == (not marking)
        if position.finished:
            break
        key = dice.choice(sorted(open_steps))
        facts = {"way": dice.choice("012")}
        state = json.loads(json.dumps(position.state))
        position = running.advance(spec, state, token=open_steps.pop(key), decision=None, facts=facts)
        marking = settle(graph, put(graph, marking - {key}, graph.out(key)), facts)
        opened = {waiting.key: waiting.token for waiting in position.opened}
        assert not opened.keys() & open_steps.keys()
        open_steps |= opened
