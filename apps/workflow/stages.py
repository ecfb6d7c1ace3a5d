"""A process as an applicant is told it: one line of stages, loops folded, no duties, no gateways.

Steps that stand equally far from the start are one stage. A stage that a
dossier can do without is said to be only for when it is needed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from apps.workflow.bpmn.graph import Graph, NodeKind
from apps.workflow.bpmn.layers import ways_back
from apps.workflow.bpmn.reading import read_process


class StageState(StrEnum):
    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Stage:
    """``steps`` are keys; ``optional``: there is a way through the process without any of them."""

    steps: tuple[str, ...]
    names: tuple[str, ...]
    optional: bool


def list_stages(bpmn: str, called: Mapping[str, str] | None = None) -> list[Stage]:
    """Empty when the main file cannot be read."""
    main = read_process(bpmn).graph
    others = [read_process(text).graph for text in (called or {}).values()]
    if main is None:
        return []
    return _stages(main, {graph.id: graph for graph in others if graph is not None}, {main.id})


def light_stages(
    stages: list[Stage], *, opened: set[str], done: set[str], finished: bool
) -> list[StageState]:
    """``opened`` and ``done`` are keys of steps of one run. What lies before the first open one is past,
    whatever was opened a second time; what lies behind the last open one is still to come."""
    lit = [index for index, stage in enumerate(stages) if opened & set(stage.steps)]
    if not lit:
        reached = len(stages) if finished else 0
        return [
            _past(stage, done) if index < reached else StageState.AHEAD for index, stage in enumerate(stages)
        ]
    states = []
    for index, stage in enumerate(stages):
        if index in lit:
            states.append(StageState.NOW)
        elif index < lit[0]:
            states.append(_past(stage, done))
        else:
            between = index < lit[-1] and bool(done & set(stage.steps))
            states.append(StageState.DONE if between else StageState.AHEAD)
    return states


def _past(stage: Stage, done: set[str]) -> StageState:
    return StageState.DONE if done & set(stage.steps) or not stage.optional else StageState.SKIPPED


def _stages(graph: Graph, known: dict[str, Graph], above: set[str]) -> list[Stage]:
    inner = {
        node.id: _stages(known[node.calls], known, above | {node.calls})
        for node in graph.of_kind(NodeKind.CALL)
        if node.calls in known and node.calls not in above
    }
    depth = _depths(graph, {node: len(stages) for node, stages in inner.items()})
    found: dict[int, list[tuple[str, str, bool]]] = {}
    for node in graph.nodes.values():
        optional = node.kind in (NodeKind.STEP, NodeKind.CALL) and _can_do_without(graph, node.id)
        if node.step is not None:
            found.setdefault(depth[node.id], []).append((node.id, node.step.name, optional))
        for offset, stage in enumerate(inner.get(node.id, ())):
            for key, name in zip(stage.steps, stage.names, strict=True):
                found.setdefault(depth[node.id] + offset, []).append((key, name, optional or stage.optional))
    return [
        Stage(
            tuple(key for key, _name, _optional in steps),
            tuple(name for _key, name, _optional in steps),
            all(optional for _key, _name, optional in steps),
        )
        for _depth, steps in sorted(found.items())
    ]


def _depths(graph: Graph, lengths: dict[str, int]) -> dict[str, int]:
    """How many stages lie before each node on its longest way, ways back left out."""
    flows = [flow for flow in graph.flows if flow.source in graph.nodes and flow.target in graph.nodes]
    back = ways_back(graph, flows)
    ahead = [flow for flow in flows if flow.id not in back]
    depth = dict.fromkeys(graph.nodes, 0)
    waiting = dict.fromkeys(graph.nodes, 0)
    for flow in ahead:
        waiting[flow.target] += 1
    todo = [node for node, count in waiting.items() if count == 0]
    while todo:
        node = todo.pop()
        own = 1 if graph.nodes[node].kind == NodeKind.STEP else lengths.get(node, 0)
        for flow in ahead:
            if flow.source == node:
                depth[flow.target] = max(depth[flow.target], depth[node] + own)
                waiting[flow.target] -= 1
                if waiting[flow.target] == 0:
                    todo.append(flow.target)
    return depth


def _can_do_without(graph: Graph, avoided: str) -> bool:
    """Is there a way from the start to an end that never comes here? At a parallel gateway every way counts."""
    fine = {node.id for node in graph.of_kind(NodeKind.END)}
    growing = True
    while growing:
        growing = False
        for node in graph.nodes.values():
            if node.id in fine or node.id == avoided:
                continue
            onward = [flow.target in fine for flow in graph.out(node.id)]
            reached = all(onward) if node.kind == NodeKind.PARALLEL else any(onward)
            if onward and reached:
                fine.add(node.id)
                growing = True
    return any(node.id in fine for node in graph.of_kind(NodeKind.START))
