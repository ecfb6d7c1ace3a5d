"""What a file says, once it is read: nodes, flows, steps."""

from dataclasses import dataclass, field
from enum import StrEnum

from apps.workflow.bpmn.allotment import Allotment
from apps.workflow.bpmn.conditions import Condition

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OWN = "urn:motcua:bpmn:1"


class NodeKind(StrEnum):
    """The element names of BPMN."""

    START = "startEvent"
    END = "endEvent"
    STEP = "userTask"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    CALL = "callActivity"


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One ``userTask``. ``unit`` is a role or the code of a unit; ``decisions`` are (code, label).

    ``form``, ``issues`` and ``move`` are not of the engine: they tell the person
    who does the step which form to fill, which papers come out of it and which
    legal move it asks for.
    """

    key: str
    name: str
    duty: str
    unit: str
    allot: Allotment | None
    decisions: tuple[tuple[str, str], ...]
    form: str = ""
    issues: tuple[str, ...] = ()
    move: str = ""

    @property
    def decision_codes(self) -> frozenset[str]:
        return frozenset(code for code, _ in self.decisions)


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: NodeKind
    default: str | None = None  # of an exclusive gateway: the id of a flow
    calls: str | None = None  # of a call: the id of a process
    step: StepSpec | None = None
    name: str = ""
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    id: str
    source: str
    target: str
    condition: Condition | None = None
    name: str = ""
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A ``textAnnotation`` (``text``), or the ``association`` that ties it to something (``source``, ``target``)."""

    id: str
    text: str = ""
    source: str = ""
    target: str = ""


@dataclass(slots=True)
class Graph:
    """One process. ``out`` and ``into`` keep the order of the file."""

    id: str
    name: str
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    documentation: str = ""

    def out(self, node_id: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == node_id]

    def into(self, node_id: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == node_id]

    def of_kind(self, kind: NodeKind) -> list[Node]:
        return [node for node in self.nodes.values() if node.kind == kind]

    @property
    def steps(self) -> list[StepSpec]:
        return [node.step for node in self.nodes.values() if node.step is not None]
