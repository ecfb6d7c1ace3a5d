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

HEAD = '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:mc="urn:motcua:bpmn:1">'


class Maker:
    """Draws a process: each block has one way in and one way out; sometimes two ends that nothing joins."""

    def __init__(self, dice: random.Random, name: str, calls: tuple[str, ...]) -> None:
        self.dice, self.name, self.calls = dice, name, list(calls)
        self.kinds: dict[str, str] = {}
        self.called: dict[str, str] = {}
        self.ways: list[tuple[str, str]] = []

    def node(self, kind: str) -> str:
        name = f"{self.name}{kind[0]}{len(self.kinds)}"
        self.kinds[name] = kind
        return name

    def block(self, depth: int) -> tuple[str, str]:
        shapes = ["step", "row", "choice", "parallel", "circle"] if depth else ["step"]
        shape = self.dice.choice(shapes + ["call"] * bool(self.calls))
        if shape == "step":
            step = self.node("userTask")
            return step, step
        if shape == "call":
            call = self.node("callActivity")
            self.called[call] = self.dice.choice(self.calls)
            return call, call
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

    def draw(self, depth: int) -> str:
        start = self.node("startEvent")
        if self.dice.random() < 0.3:
            into = self.node("parallelGateway")
            for _way in range(2):
                first, last = self.block(depth - 1)
                self.ways += [(into, first), (last, self.node("endEvent"))]
        else:
            into, last = self.block(depth)
            self.ways.append((last, self.node("endEvent")))
        self.ways.append((start, into))
        gates = [name for name, kind in self.kinds.items() if kind == "exclusiveGateway"]
        for _ in range(self.dice.randint(0, 2)):
            if len(gates) > 1:
                self.ways.append(tuple(self.dice.sample(gates, 2)))
        body = "".join(self._nodes()) + "".join(self._flows())
        return f'{HEAD}<b:process id="{self.name}" name="P" isExecutable="true">{body}</b:process></b:definitions>'

    def _default(self, name: str) -> int | None:
        out = [number for number, way in enumerate(self.ways) if way[0] == name]
        return out[-1] if self.kinds[name] == "exclusiveGateway" and len(out) > 1 else None

    def _nodes(self):
        for name, kind in self.kinds.items():
            default = self._default(name)
            more = 'mc:duty="SPECIALIST" mc:unit="COMPETENT"' if kind == "userTask" else ""
            more += f' default="f{default}"' if default is not None else ""
            more += f' calledElement="{self.called[name]}"' if kind == "callActivity" else ""
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


class Game:
    """The token game of one process, with a game inside for each call that is going on."""

    def __init__(self, graphs: dict[str, Graph], name: str, facts: dict) -> None:
        self.graphs, self.graph = graphs, graphs[name]
        self.inside: dict[str, Game] = {}
        start = self.graph.of_kind(NodeKind.START)[0]
        self.marking = put(self.graph, frozenset(), self.graph.out(start.id))
        self.settle(facts)

    @property
    def steps(self) -> list[str]:
        own = [node for node in self.marking if node in self.graph.nodes and self.graph.nodes[node].step]
        return own + [step for game in self.inside.values() for step in game.steps]

    def complete(self, step: str, facts: dict) -> None:
        if step in self.marking:
            self.marking = put(self.graph, self.marking - {step}, self.graph.out(step))
        else:
            next(game for game in self.inside.values() if step in game.steps).complete(step, facts)
        self.settle(facts)

    def settle(self, facts: dict) -> None:
        """Move every token that waits for no person; at an exclusive gateway the conditions choose."""
        while self._move(facts):
            pass

    def _move(self, facts: dict) -> bool:
        for node_id, after in moves(self.graph, self.marking):
            node = self.graph.nodes[node_id]
            if node.kind == NodeKind.STEP:
                continue
            if node.kind == NodeKind.CALL:
                if node_id not in self.inside:
                    self.inside[node_id] = Game(self.graphs, node.calls, facts)
                if self.inside[node_id].marking:
                    continue
                del self.inside[node_id]
            if node.kind == NodeKind.EXCLUSIVE:
                out = self.graph.out(node_id)
                taken = next((flow for flow in out if flow.condition and flow.condition.holds(facts)), None)
                taken = taken or next(flow for flow in out if flow.condition is None)
                after = put(self.graph, self.marking - {node_id}, [taken])
            self.marking = after
            return True
        return False


def draw_sound(dice: random.Random):
    for _attempt in range(200):
        inner = {"q": Maker(dice, "q", ()).draw(1)}
        inner["r"] = Maker(dice, "r", ("q",)).draw(2)
        main = Maker(dice, "p", ("q", "r") if dice.random() < 0.5 else ())
        text = main.draw(3)
        used = set(main.called.values())
        if "r" in used and 'calledElement="q"' in inner["r"]:
            used.add("q")
        called = {name: inner[name] for name in used}
        graphs, found = read_all(text, called)
        if not found:
            return text, called, graphs
    pytest.fail("no sound process was drawn")


@pytest.mark.parametrize("seed", range(400))
def test_engine_and_token_game_agree(seed):
    dice = random.Random(seed)
    text, called, graphs = draw_sound(dice)
    spec = load_spec(json.loads(json.dumps(build_spec(text, called, graphs))))
    facts = {"way": dice.choice("012")}
    position = running.start(spec, facts=facts)
    game = Game({graph.id: graph for graph in graphs}, "p", facts)
    open_steps = [(waiting.key, waiting.token) for waiting in position.opened]
    for _turn in range(25):
        assert sorted(key for key, _token in open_steps) == sorted(game.steps)
        assert position.finished == (not game.marking)
        if position.finished:
            break
        key, token = open_steps.pop(dice.randrange(len(open_steps)))
        if [each for each, _token in open_steps].count(key):
            break  # one process called twice at once: the game cannot tell which of the two steps is meant
        facts = {"way": dice.choice("012")}
        state = json.loads(json.dumps(position.state))
        position = running.advance(spec, state, token=token, decision=None, facts=facts)
        game.complete(key, facts)
        open_steps += [(waiting.key, waiting.token) for waiting in position.opened]
    assert len(json.dumps(position.state)) < 6000  # what has been done is not carried along
