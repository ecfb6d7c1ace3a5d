"""Which node stands in which column and in which row: the first half of a layout.

After Sugiyama: ways back are set aside, each node stands one column behind the
last one before it, ways over several columns hold a place in every column they
pass, and rows follow the average of their neighbours.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from apps.workflow.bpmn.graph import Flow, Graph, NodeKind

_SWEEPS = 6
_MOST_PASSED = 3_000  # places that long ways hold; past that they run below, as ways back do


@dataclass(slots=True)
class Layers:
    """``columns`` are lists of places from above; a place is a node's id, or one that a long way passes.

    ``passing``: flow id → the places it holds, from left to right. ``below``:
    flows that run under everything.
    """

    columns: list[list[str]] = field(default_factory=list)
    passing: dict[str, list[str]] = field(default_factory=dict)
    below: list[Flow] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    ahead: list[Flow] = field(default_factory=list)


def arrange(graph: Graph) -> Layers:
    """Flows whose ends are not there are left out."""
    flows = [flow for flow in graph.flows if flow.source in graph.nodes and flow.target in graph.nodes]
    back = ways_back(graph, flows)
    ahead = [flow for flow in flows if flow.id not in back]
    column = _columns(graph, ahead)
    layers = Layers([[] for _ in range(max(column.values(), default=-1) + 1)])
    for node in graph.nodes:
        layers.columns[column[node]].append(node)
    layers.below = [flow for flow in flows if flow.id in back]
    neighbours = _pass_through(layers, ahead, column)
    for turn in range(_SWEEPS):
        _sweep(layers, neighbours, forwards=turn % 2 == 0)
    _give_rows(layers, neighbours)
    return layers


def ways_back(graph: Graph, flows: list[Flow]) -> set[str]:
    """The flows that lead to a node on the way to their own source, from the start on, depth first."""
    out: dict[str, list[Flow]] = {node: [] for node in graph.nodes}
    for flow in flows:
        out[flow.source].append(flow)
    starts = [node.id for node in graph.of_kind(NodeKind.START)]
    back: set[str] = set()
    state: dict[str, int] = {}  # 1: on the way, 2: done
    for root in [*starts, *graph.nodes]:
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(out[root]))]
        while stack:
            at, ways = stack[-1]
            way = next(ways, None)
            if way is None:
                state[at] = 2
                stack.pop()
            elif state.get(way.target) == 1:
                back.add(way.id)
            elif way.target not in state:
                state[way.target] = 1
                stack.append((way.target, iter(out[way.target])))
    return back


def _columns(graph: Graph, ahead: list[Flow]) -> dict[str, int]:
    """The longest way from a beginning; ``ahead`` has no circle."""
    waiting = dict.fromkeys(graph.nodes, 0)
    out: dict[str, list[str]] = {node: [] for node in graph.nodes}
    for flow in ahead:
        waiting[flow.target] += 1
        out[flow.source].append(flow.target)
    column = dict.fromkeys(graph.nodes, 0)
    todo = [node for node, count in waiting.items() if count == 0]
    while todo:
        node = todo.pop()
        for target in out[node]:
            column[target] = max(column[target], column[node] + 1)
            waiting[target] -= 1
            if waiting[target] == 0:
                todo.append(target)
    return column


def _pass_through(layers: Layers, ahead: list[Flow], column: dict[str, int]) -> dict[str, list[str]]:
    """Long ways take places; returns place → its neighbours to the left and to the right."""
    neighbours: dict[str, list[str]] = {place: [] for places in layers.columns for place in places}
    passed = 0
    for flow in ahead:
        first, last = column[flow.source], column[flow.target]
        passed += last - first - 1
        if last - first > 1 and passed > _MOST_PASSED:
            layers.below.append(flow)
            continue
        layers.ahead.append(flow)
        places = [f"{flow.id}\0{at}" for at in range(first + 1, last)]
        layers.passing[flow.id] = places
        for at, place in enumerate(places, first + 1):
            layers.columns[at].append(place)
            neighbours[place] = []
        chain = [flow.source, *places, flow.target]
        for left, right in pairwise(chain):
            neighbours[left].append(right)
            neighbours[right].append(left)
    return neighbours


def _sweep(layers: Layers, neighbours: dict[str, list[str]], *, forwards: bool) -> None:
    count = len(layers.columns)
    order = range(1, count) if forwards else range(count - 2, -1, -1)
    for at in order:
        beside = layers.columns[at - 1 if forwards else at + 1]
        place_of = {place: index for index, place in enumerate(beside)}
        own = {place: index for index, place in enumerate(layers.columns[at])}

        def weight(
            place: str, place_of: dict[str, int] = place_of, own: dict[str, int] = own
        ) -> tuple[float, int]:
            known = [place_of[each] for each in neighbours[place] if each in place_of]
            return (sum(known) / len(known) if known else own[place], own[place])

        layers.columns[at].sort(key=weight)


def _give_rows(layers: Layers, neighbours: dict[str, list[str]]) -> None:
    """A row each, in the order of its column, as near to the left neighbours' rows as there is room."""
    for places in layers.columns:
        wanted: list[int] = []
        for place in places:
            known = sorted(layers.rows[each] for each in neighbours[place] if each in layers.rows)
            wanted.append(known[(len(known) - 1) // 2] if known else 0)
        taken: list[int] = []
        for row in wanted:
            taken.append(max(row, taken[-1] + 1) if taken else row)
        _lift(taken, wanted)
        layers.rows.update(zip(places, taken, strict=True))


def _lift(taken: list[int], wanted: list[int]) -> None:
    """Rows that were pushed down together move back up by half, so that a fork stands around its gate."""
    first = 0
    while first < len(taken):
        last = first
        while last + 1 < len(taken) and taken[last + 1] == taken[last] + 1:
            last += 1
        push = sum(taken[i] - wanted[i] for i in range(first, last + 1)) // (last - first + 1)
        room = taken[first] - (taken[first - 1] + 1) if first else push
        move = min(push, room)
        for index in range(first, last + 1):
            taken[index] -= move
        first = last + 1
