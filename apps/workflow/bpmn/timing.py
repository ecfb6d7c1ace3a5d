"""Do the times allotted to the steps fit into the legal limit? Only what is certain whatever the calendar.

The longest way through counts, each way back once: it is what the process
itself plans for. Compared are bounds, as apps/procedures/limits.py does: a
working day has at least four working hours and at most eight (Bộ luật Lao động
2019, Điều 105), n days hold at most n working days, a month at most 31 days.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.workflow.bpmn.graph import Graph, NodeKind
from apps.workflow.bpmn.layers import ways_back
from apps.workflow.bpmn.problem import Problem, problem

LEAST_MINUTES, MOST_MINUTES = 4 * 60, 8 * 60  # of a working day
_MOST_DAYS_OF_A_MONTH = 31


@dataclass(frozen=True, slots=True)
class Limit:
    """The time limit of one case; ``unit``: WORKING_DAY, DAY, HOUR (of working time) or MONTH."""

    case: str
    amount: int
    unit: str
    words: str

    @property
    def most_minutes(self) -> int:
        """Working time that surely is not to be had within it."""
        if self.unit == "HOUR":
            return self.amount * 60
        days = self.amount * (_MOST_DAYS_OF_A_MONTH if self.unit == "MONTH" else 1)
        return days * MOST_MINUTES

    @property
    def minutes_of_a_day(self) -> int:
        """What a step of one day surely takes of it."""
        return LEAST_MINUTES if self.unit == "HOUR" else MOST_MINUTES


@dataclass(frozen=True, slots=True)
class Way:
    """A way through: the steps with a time of their own, and what they add up to."""

    minutes: int
    steps: tuple[str, ...] = ()
    days_of: int = 0
    minutes_of: int = 0


def over_limit(graphs: list[Graph], limits: Iterable[Limit]) -> list[Problem]:
    """``graphs`` is what validation read without a problem, the main one first."""
    found = []
    for limit in limits:
        way = longest_way(graphs, minutes_of_a_day=limit.minutes_of_a_day)
        if way.minutes > limit.most_minutes:
            found.append(
                problem(
                    "time.over_limit",
                    graphs[0].id,
                    case=limit.case,
                    limit=limit.words,
                    total=say_total(way),
                    steps=" → ".join(way.steps),
                )
            )
    return found


def longest_way(graphs: list[Graph], *, minutes_of_a_day: int) -> Way:
    """Through the main process and all it calls."""
    known = {graph.id: graph for graph in graphs}
    done: dict[str, Way] = {}
    for _round in graphs:  # calls are not recursive
        for graph in graphs:
            called = [node.calls for node in graph.of_kind(NodeKind.CALL)]
            if graph.id not in done and all(each in done or each not in known for each in called):
                done[graph.id] = _longest(graph, done, minutes_of_a_day)
    return done.get(graphs[0].id, Way(0))


def _longest(graph: Graph, called: dict[str, Way], minutes_of_a_day: int) -> Way:
    flows = [flow for flow in graph.flows if flow.source in graph.nodes and flow.target in graph.nodes]
    back = ways_back(graph, flows)
    waiting = dict.fromkeys(graph.nodes, 0)
    for flow in flows:
        waiting[flow.target] += flow.id not in back
    before = {node: Way(0) for node in graph.nodes}
    longest = Way(0)
    todo = [node for node, count in waiting.items() if count == 0]
    while todo:
        node = todo.pop()
        way = _joined(before[node], _own(graph, node, called, minutes_of_a_day))
        longest = max(longest, way, key=lambda each: each.minutes)
        for flow in graph.out(node):
            if flow.id in back or flow.target not in waiting:
                continue
            before[flow.target] = max(before[flow.target], way, key=lambda each: each.minutes)
            waiting[flow.target] -= 1
            if waiting[flow.target] == 0:
                todo.append(flow.target)
    return longest


def _own(graph: Graph, node_id: str, called: dict[str, Way], minutes_of_a_day: int) -> Way:
    node = graph.nodes[node_id]
    if node.kind == NodeKind.CALL:
        return called.get(node.calls or "", Way(0))
    if node.step is None or node.step.allot is None:
        return Way(0)
    allot = node.step.allot
    return Way(allot.days * minutes_of_a_day + allot.minutes, (node.step.name,), allot.days, allot.minutes)


def _joined(first: Way, then: Way) -> Way:
    return Way(
        first.minutes + then.minutes,
        first.steps + then.steps,
        first.days_of + then.days_of,
        first.minutes_of + then.minutes_of,
    )


def say_total(way: Way) -> str:
    """``3 ngày làm việc và 8 giờ``, in the units in which the steps were given."""
    hours = f"{way.minutes_of / 60:.4g}".replace(".", ",")
    days = _("{days} ngày làm việc").format(days=way.days_of) if way.days_of else ""
    time = _("{hours} giờ làm việc").format(hours=hours) if way.minutes_of else ""
    return " + ".join(part for part in (days, time) if part)
