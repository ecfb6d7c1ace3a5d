"""May this process be kept? Every reason why not, in one go."""

from collections.abc import Mapping
from dataclasses import replace

from apps.workflow.bpmn.graph import Flow, Graph, NodeKind
from apps.workflow.bpmn.problem import Problem, problem
from apps.workflow.bpmn.reading import read_process
from apps.workflow.bpmn.shape import idle_circle, may_pass_idle, shape_problems
from apps.workflow.bpmn.tokens import token_problems

__all__ = ["Problem", "problems", "read_all"]


def problems(bpmn: str, called: Mapping[str, str] | None = None) -> list[Problem]:
    """Empty: this process can be registered, and no run of it can get stuck. The rules: docs/bpmn.md."""
    return read_all(bpmn, called)[1]


def read_all(bpmn: str, called: Mapping[str, str] | None = None) -> tuple[list[Graph], list[Problem]]:
    """The graphs, the main one first, and everything that is wrong with them."""
    main = read_process(bpmn)
    found = list(main.problems)
    graphs = [main.graph] if main.graph else []
    for key, text in sorted((called or {}).items()):
        reading = read_process(text)
        found += [each if each.element else replace(each, element=key) for each in reading.problems]
        if reading.graph is None:
            continue
        graphs.append(reading.graph)
        if reading.graph.id != key:
            found.append(problem("call.other_id", reading.graph.id, value=key))
    if found:
        return graphs, found + _missing_calls(graphs, set(called or {}))
    for graph in graphs:
        found += shape_problems(graph)
    found += _id_problems(graphs) + _name_problems(graphs) + _call_problems(graphs)
    if found:
        return graphs, found
    return graphs, _idle_problems(graphs) + [each for graph in graphs for each in token_problems(graph)]


def _id_problems(graphs: list[Graph]) -> list[Problem]:
    """A node and a flow never share an id; a step's id and a process's id are one of a kind in all files."""
    found = [
        problem("id.twice", flow.id) for graph in graphs for flow in graph.flows if flow.id in graph.nodes
    ]
    seen: set[str] = set()
    for each in [*(graph.id for graph in graphs), *(step.key for graph in graphs for step in graph.steps)]:
        if each in seen:
            found.append(problem("id.twice", each))
        seen.add(each)
    return found


def _name_problems(graphs: list[Graph]) -> list[Problem]:
    """Conditions ask only for what can be there, and compare decisions only with declared ones."""
    declared = {step.key: step.decision_codes for graph in graphs for step in graph.steps}
    return [each for graph in graphs for flow in graph.flows for each in _flow_names(flow, declared)]


def _flow_names(flow: Flow, declared: dict[str, frozenset[str]]) -> list[Problem]:
    if flow.condition is None:
        return []
    found = [
        problem("flow.unknown_name", flow.id, value=name)
        for name in sorted(flow.condition.names)
        if "." in name and not (name.startswith("decisions.") and name.split(".")[1] in declared)
    ]
    for name, text in sorted(flow.condition.compared):
        if name == "decision":
            codes = frozenset().union(*declared.values())
        elif name.startswith("decisions."):
            codes = declared.get(name.split(".")[1], frozenset({text}))
        else:
            continue
        if text not in codes:
            found.append(problem("flow.unknown_decision", flow.id, value=text))
    return found


def _call_problems(graphs: list[Graph]) -> list[Problem]:
    known = {graph.id: graph for graph in graphs}
    found = _missing_calls(graphs, set(known))
    if found:
        return found
    for graph in graphs:
        if graph.id in _called_below(graph, known):
            found.append(problem("call.recursive", graph.id))
    used = _called_below(graphs[0], known) | {graphs[0].id}
    return found + [problem("call.unused", graph.id) for graph in graphs if graph.id not in used]


def _missing_calls(graphs: list[Graph], known: set[str]) -> list[Problem]:
    """``known``: the processes that are there, readable or not."""
    return [
        problem("call.missing", node.id, value=node.calls or "")
        for graph in graphs
        for node in graph.of_kind(NodeKind.CALL)
        if node.calls not in known
    ]


def _called_below(graph: Graph, known: dict[str, Graph]) -> set[str]:
    below: set[str] = set()
    todo = [graph]
    while todo:
        for node in todo.pop().of_kind(NodeKind.CALL):
            if node.calls and node.calls not in below:
                below.add(node.calls)
                todo.append(known[node.calls])
    return below


def _idle_problems(graphs: list[Graph]) -> list[Problem]:
    """No circle without a step, and no way through the main process without one."""
    idle: set[str] = set()
    for _round in graphs:  # calls are not recursive: as many rounds as processes are enough
        idle = {graph.id for graph in graphs if may_pass_idle(graph, idle)}
    found = [
        problem("loop.without_step", node)
        for graph in graphs
        if (node := idle_circle(graph, idle)) is not None
    ]
    if graphs[0].id in idle:
        found.append(problem("process.without_step", graphs[0].id))
    return found
