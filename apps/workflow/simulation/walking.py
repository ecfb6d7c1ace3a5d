"""One dossier's way through the processes: where its tokens go next, calls and joins included.

The rules are those of the token game (bpmn.tokens); at a choice the dice decide
instead of a condition, since nobody has decided anything yet.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from apps.workflow.bpmn.graph import Flow, Graph, NodeKind, StepSpec


@dataclass(slots=True)
class Plan:
    """The graphs, looked up once for all dossiers."""

    graphs: dict[str, Graph]
    main: str
    out: dict[tuple[str, str], list[Flow]] = field(default_factory=dict)
    into: dict[tuple[str, str], int] = field(default_factory=dict)
    weights: dict[tuple[str, str], list[float]] = field(default_factory=dict)


def make_plan(graphs: list[Graph], chances: Mapping[str, float]) -> Plan:
    """``graphs`` is what validation read without a problem, the main one first."""
    plan = Plan({graph.id: graph for graph in graphs}, graphs[0].id)
    for graph in graphs:
        for node in graph.nodes:
            flows = graph.out(node)
            plan.out[graph.id, node] = flows
            plan.into[graph.id, node] = len(graph.into(node))
            weights = [max(chances.get(flow.id, 1.0), 0.0) for flow in flows]
            plan.weights[graph.id, node] = weights if sum(weights) > 0 else [1.0] * len(flows)
    return plan


class Place:
    """A run of one process: the main one, or one that was called from ``above``. ``tokens``: still on their way."""

    __slots__ = ("above", "arrived", "graph", "tokens")

    def __init__(self, graph: Graph, above: "tuple[Place, str] | None" = None) -> None:
        self.graph, self.above = graph, above
        self.tokens = 1
        self.arrived: dict[str, int] = {}


Work = tuple[Place, StepSpec]


def begin(plan: Plan, dice: random.Random) -> tuple[Place, list[Work]]:
    graph = plan.graphs[plan.main]
    place = Place(graph)
    return place, list(_onward(plan, dice, place, graph.of_kind(NodeKind.START)[0].id))


def go_on(plan: Plan, dice: random.Random, done: Work) -> list[Work]:
    """The steps that open when this one is done."""
    place, step = done
    return list(_onward(plan, dice, place, step.key))


def _onward(plan: Plan, dice: random.Random, place: Place, left: str) -> Iterator[Work]:
    """A token leaves ``left``: follow all that comes of it until people are needed."""
    moving = [(place, flow) for flow in _ways(plan, dice, place, left)]
    place.tokens += len(moving) - 1
    while moving:
        at, flow = moving.pop()
        node = at.graph.nodes[flow.target]
        if node.step is not None:
            yield at, node.step
            continue
        if node.kind == NodeKind.CALL and node.calls:
            inner = Place(plan.graphs[node.calls], (at, node.id))
            start = inner.graph.of_kind(NodeKind.START)[0].id
            moving += [(inner, each) for each in plan.out[inner.graph.id, start]]
            continue
        leaving = _pass(plan, dice, at, node.id, node.kind)
        at.tokens += len(leaving) - 1
        moving += [(at, each) for each in leaving]
        while at.tokens == 0 and at.above is not None:  # a called process has ended: its caller goes on
            at, call = at.above
            following = plan.out[at.graph.id, call]
            at.tokens += len(following) - 1
            moving += [(at, each) for each in following]


def _pass(plan: Plan, dice: random.Random, at: Place, node: str, kind: NodeKind) -> list[Flow]:
    """The ways a token takes that comes to a gateway or an end; none where it stays or is gone."""
    if kind == NodeKind.PARALLEL:
        come = at.arrived.get(node, 0) + 1
        at.arrived[node] = come % plan.into[at.graph.id, node]
        if at.arrived[node]:
            return []
    return _ways(plan, dice, at, node)


def _ways(plan: Plan, dice: random.Random, at: Place, node: str) -> list[Flow]:
    flows = plan.out[at.graph.id, node]
    if len(flows) > 1 and at.graph.nodes[node].kind == NodeKind.EXCLUSIVE:
        return dice.choices(flows, plan.weights[at.graph.id, node])
    return flows
