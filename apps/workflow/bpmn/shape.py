"""Is the graph of one process well formed: ways in and out, conditions, dead ends, circles."""

from collections.abc import Callable, Iterable

from apps.workflow.bpmn.graph import Flow, Graph, Node, NodeKind
from apps.workflow.bpmn.problem import Problem, problem

# kind → (fewest in, most in, fewest out, most out)
_MANY = 10_000
WAYS = {
    NodeKind.START: (0, 0, 1, 1),
    NodeKind.END: (1, _MANY, 0, 0),
    NodeKind.STEP: (1, _MANY, 1, 1),
    NodeKind.CALL: (1, _MANY, 1, 1),
    NodeKind.EXCLUSIVE: (1, _MANY, 1, _MANY),
    NodeKind.PARALLEL: (1, _MANY, 1, _MANY),
}


def shape_problems(graph: Graph) -> list[Problem]:
    broken = _broken_flows(graph)
    if broken:
        return broken
    return _flow_problems(graph) + _node_problems(graph) + _way_problems(graph)


def _broken_flows(graph: Graph) -> list[Problem]:
    return [
        problem("flow.broken", flow.id, value=end)
        for flow in graph.flows
        for end in (flow.source, flow.target)
        if end not in graph.nodes
    ]


def _flow_problems(graph: Graph) -> list[Problem]:
    found: list[Problem] = []
    pairs: set[tuple[str, str]] = set()
    for flow in graph.flows:
        if (flow.source, flow.target) in pairs:
            found.append(problem("flow.double", flow.id, source=flow.source, target=flow.target))
        pairs.add((flow.source, flow.target))
        found += _condition_problems(flow, graph)
    return found


def _condition_problems(flow: Flow, graph: Graph) -> list[Problem]:
    source = graph.nodes[flow.source]
    chooses = (
        source.kind == NodeKind.EXCLUSIVE and len(graph.out(source.id)) > 1 and source.default != flow.id
    )
    if flow.condition is not None and not chooses:
        return [problem("flow.condition_misplaced", flow.id)]
    if flow.condition is None and chooses:
        return [problem("flow.condition_missing", flow.id)]
    return []


def _node_problems(graph: Graph) -> list[Problem]:
    found: list[Problem] = []
    starts, ends = graph.of_kind(NodeKind.START), graph.of_kind(NodeKind.END)
    if len(starts) != 1 or not ends:
        found.append(problem("node.wrong_ways", graph.id, into=len(starts), out=len(ends)))
    for node in graph.nodes.values():
        into, out = len(graph.into(node.id)), len(graph.out(node.id))
        fewest_in, most_in, fewest_out, most_out = WAYS[node.kind]
        if out == 0 and fewest_out:
            found.append(problem("node.dead_end", node.id))
        elif into == 0 and fewest_in:
            found.append(problem("node.unreachable", node.id))
        elif not (fewest_in <= into <= most_in and fewest_out <= out <= most_out):
            found.append(problem("node.wrong_ways", node.id, into=into, out=out))
        found += _default_problems(node, graph)
    return found


def _default_problems(node: Node, graph: Graph) -> list[Problem]:
    if node.kind != NodeKind.EXCLUSIVE:
        return []
    out = graph.out(node.id)
    if (len(out) > 1 or node.default) and node.default not in [flow.id for flow in out]:
        return [problem("gateway.without_default", node.id)]
    return []


def _way_problems(graph: Graph) -> list[Problem]:
    """Every node lies on some way from the start to an end."""
    begun = reach(
        [node.id for node in graph.of_kind(NodeKind.START)], lambda at: [f.target for f in graph.out(at)]
    )
    ending = reach(
        [node.id for node in graph.of_kind(NodeKind.END)], lambda at: [f.source for f in graph.into(at)]
    )
    found: list[Problem] = []
    for node in graph.nodes.values():
        if node.id not in begun and graph.into(node.id):
            found.append(problem("node.unreachable", node.id))
        elif node.id in begun and node.id not in ending and graph.out(node.id):
            found.append(problem("loop.without_exit", node.id))
    return found


def reach(start: Iterable[str], neighbours: Callable[[str], Iterable[str]]) -> set[str]:
    seen = set(start)
    todo = list(seen)
    while todo:
        for following in neighbours(todo.pop()):
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return seen


def idle_circle(graph: Graph, idle_calls: set[str]) -> str | None:
    """A node on a circle that no step interrupts, or None.

    ``idle_calls``: processes that may be passed through without a step.
    """

    def onward(at: str) -> list[str]:
        return [flow.target for flow in graph.out(at) if not _stops(graph.nodes[flow.target], idle_calls)]

    for node in graph.nodes.values():
        if not _stops(node, idle_calls) and node.id in reach(onward(node.id), onward):
            return node.id
    return None


def may_pass_idle(graph: Graph, idle_calls: set[str]) -> bool:
    """Is there a way from the start to an end without any step?"""

    def onward(at: str) -> list[str]:
        return [flow.target for flow in graph.out(at) if not _stops(graph.nodes[flow.target], idle_calls)]

    passed = reach([node.id for node in graph.of_kind(NodeKind.START)], onward)
    return any(node.id in passed for node in graph.of_kind(NodeKind.END))


def _stops(node: Node, idle_calls: set[str]) -> bool:
    return node.kind == NodeKind.STEP or (node.kind == NodeKind.CALL and node.calls not in idle_calls)
