"""The token game: every state that a process can be in is visited before the process is kept.

A place is a node that holds a token (a step that is open), or a way into a
parallel join. Two faults are found that no look at single nodes finds: a join
that can wait for ever, and a place that can hold two tokens.
"""

from apps.workflow.bpmn.graph import Flow, Graph, NodeKind
from apps.workflow.bpmn.problem import Problem, problem

MOST_STATES = 20_000
Marking = frozenset[str]


class Doubled(Exception):
    """Two tokens met in one place; ``args[0]`` is the node."""


def token_problems(graph: Graph) -> list[Problem]:
    """``graph`` is well formed (bpmn.shape); calls count as one step that ends."""
    start = graph.of_kind(NodeKind.START)[0]
    todo: list[Marking] = [put(graph, frozenset(), [graph.out(start.id)[0]])]
    seen = set(todo)
    while todo:
        marking = todo.pop()
        try:
            following = moves(graph, marking)
        except Doubled as doubled:
            return [problem("flow.opens_twice", doubled.args[0])]
        if marking and not following:
            return [problem("flow.never_joins", _waiting(graph, marking))]
        for _node, state in following:
            if state not in seen:
                seen.add(state)
                todo.append(state)
        if len(seen) > MOST_STATES:
            return [problem("process.too_complex", graph.id)]
    return []


def moves(graph: Graph, marking: Marking) -> list[tuple[str, Marking]]:
    """(node that acts, marking afterwards); raises Doubled."""
    found: list[tuple[str, Marking]] = []
    for node in graph.nodes.values():
        if node.kind == NodeKind.PARALLEL:
            needed = {_place(graph, flow) for flow in graph.into(node.id)}
            if needed <= marking:
                found.append((node.id, put(graph, marking - needed, graph.out(node.id))))
        elif node.id in marking:
            found += [(node.id, put(graph, marking - {node.id}, [flow])) for flow in graph.out(node.id)]
    return found


def put(graph: Graph, marking: Marking, flows: list[Flow]) -> Marking:
    """A token that comes to an end is gone."""
    places = set(marking)
    for flow in flows:
        if graph.nodes[flow.target].kind == NodeKind.END:
            continue
        place = _place(graph, flow)
        if place in places:
            raise Doubled(flow.target)
        places.add(place)
    return frozenset(places)


def _place(graph: Graph, flow: Flow) -> str:
    parallel = graph.nodes[flow.target].kind == NodeKind.PARALLEL
    return f"{flow.source}→{flow.target}" if parallel else flow.target


def _waiting(graph: Graph, marking: Marking) -> str:
    place = min(marking)
    return place.split("→")[1] if "→" in place else place
