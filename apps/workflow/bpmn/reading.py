"""From a file to a graph. Whatever docs/bpmn.md does not name is a problem, never skipped."""

import re
from dataclasses import dataclass, field

from lxml import etree

from apps.accounts.enums import Duty
from apps.workflow.bpmn.allotment import parse_allotment
from apps.workflow.bpmn.conditions import Condition, ConditionUnreadable, parse_condition
from apps.workflow.bpmn.drawing import Drawing, is_drawing, read_drawing
from apps.workflow.bpmn.graph import MODEL, OWN, Flow, Graph, Node, NodeKind, Remark, StepSpec
from apps.workflow.bpmn.problem import Problem, problem
from apps.workflow.enums import StepMove, UnitRole

LARGEST_BYTES = 512 * 1024
MOST_NODES = 200
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,79}")
_RESERVED_IDS = frozenset({"Start", "End", "Root"})  # the engine's own nodes
_UNIT_CODE = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*")  # QĐ 20/2020/QĐ-TTg: groups of A–Z 0–9, dots, at most 35
_DECISION = re.compile(r"([a-z][a-z0-9_]{0,39})\|([^|;]{1,80})")
_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_MOST_PAPERS = 20
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_REMARKS = frozenset({"documentation", "textAnnotation", "association"})
_INSIDE_A_NODE = frozenset({"incoming", "outgoing", "documentation"})
STEP_ATTRIBUTES = ("duty", "unit", "allot", "decisions", "form", "issues", "move")
_NODE_ATTRIBUTES = {
    NodeKind.EXCLUSIVE: {"default", "gatewayDirection"},
    NodeKind.PARALLEL: {"gatewayDirection"},
    NodeKind.CALL: {"calledElement"},
    NodeKind.STEP: {f"{{{OWN}}}{name}" for name in STEP_ATTRIBUTES},
}
_FLOW_ATTRIBUTES = {"sourceRef", "targetRef"}


@dataclass(frozen=True, slots=True)
class Reading:
    """``graph`` is None when the file could not be read as one process at all.

    ``drawing`` is what the file says of places on paper, perhaps not of all
    nodes; it never decides anything.
    """

    graph: Graph | None
    problems: list[Problem]
    drawing: Drawing = field(default_factory=Drawing)


def read_process(bpmn: str) -> Reading:
    """Never raises for what stands in the file, never fetches anything, never resolves an entity."""
    root, problems = read_root(bpmn)
    if root is None:
        return Reading(None, problems)
    problems = [_unknown(child) for child in root if _name(child) != "process" and not is_drawing(child)]
    processes = [child for child in root if _name(child) == "process"]
    if len(processes) != 1:
        return Reading(None, [*problems, problem("xml.one_process", count=len(processes))])
    graph = Graph(
        id=processes[0].get("id", ""),
        name=processes[0].get("name", "").strip(),
        documentation=_documentation(processes[0]),
    )
    if len(processes[0]) > MOST_NODES * 4:
        return Reading(None, [_too_large()])
    problems += _process_problems(processes[0])
    for child in processes[0]:
        problems += _read_child(child, graph)
    if len(graph.nodes) > MOST_NODES:
        problems.append(_too_large())
    return Reading(graph, problems, read_drawing(root))


def read_root(bpmn: str) -> tuple[etree._Element | None, list[Problem]]:
    """The file as a tree, if it is safe to read and BPMN at all."""
    raw = bpmn.encode("utf-8", errors="replace")
    if len(raw) > LARGEST_BYTES:
        return None, [_too_large()]
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        return None, [problem("xml.doctype")]
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the file declares: what was checked above is what is read
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as refusal:
        return None, [problem("xml.unreadable", line=refusal.lineno or 1)]
    if root.getroottree().docinfo.internalDTD is not None:
        return None, [problem("xml.doctype")]
    if root.tag != f"{{{MODEL}}}definitions":
        return None, [problem("xml.not_bpmn")]
    return root, []


def _too_large() -> Problem:
    return problem("xml.too_large", kib=LARGEST_BYTES // 1024, nodes=MOST_NODES)


def _name(element: etree._Element) -> str | None:
    """The local name of a BPMN element, None for anything foreign."""
    prefix = f"{{{MODEL}}}"
    tag = element.tag
    return tag[len(prefix) :] if isinstance(tag, str) and tag.startswith(prefix) else None


def _unknown(element: etree._Element) -> Problem:
    tag = etree.QName(element).localname if isinstance(element.tag, str) else "?"
    parent = element.getparent()
    owner = element.get("id") or (parent.get("id") if parent is not None else "") or tag
    return problem("element.unknown", owner, tag=tag)


def _process_problems(process: etree._Element) -> list[Problem]:
    found = _id_problems(process)
    process_id = process.get("id", "")
    name = process.get("name", "").strip()
    if not name or len(name) > 200:
        found.append(problem("process.without_name", process_id))
    if process.get("isExecutable") != "true":
        found.append(problem("xml.not_executable", process_id))
    return found + _attribute_problems(process, {"isExecutable", "processType", "isClosed"})


def _id_problems(element: etree._Element) -> list[Problem]:
    own = element.get("id")
    if not own:
        return [problem("id.missing", tag=etree.QName(element).localname)]
    if own in _RESERVED_IDS:
        return [problem("id.reserved", own)]
    return [] if _ID.fullmatch(own) else [problem("id.invalid", own)]


def _attribute_problems(element: etree._Element, known: set[str]) -> list[Problem]:
    """Only of BPMN's own and ours: what other tools add in their namespaces (colours …) says nothing here."""
    return [
        problem("attribute.unknown", element.get("id", ""), attribute=etree.QName(name).localname)
        for name in element.attrib
        if name not in known
        and name not in ("id", "name")
        and etree.QName(name).namespace in (None, MODEL, OWN)
    ]


def _read_child(element: etree._Element, graph: Graph) -> list[Problem]:
    name = _name(element)
    if name in _REMARKS:
        return _read_remark(element, name, graph)
    if name == "sequenceFlow":
        return _read_flow(element, graph)
    if name not in set(NodeKind):
        return [_unknown(element)]
    return _read_node(element, NodeKind(name), graph)


def _read_node(element: etree._Element, kind: NodeKind, graph: Graph) -> list[Problem]:
    found = _id_problems(element) + _attribute_problems(element, _NODE_ATTRIBUTES.get(kind, set()))
    found += [_unknown(child) for child in element if _name(child) not in _INSIDE_A_NODE]
    node_id = element.get("id", "")
    if node_id in graph.nodes:
        return [*found, problem("id.twice", node_id)]
    step = None
    if kind == NodeKind.STEP:
        step, problems = _read_step(element, node_id)
        found += problems
    graph.nodes[node_id] = Node(
        node_id,
        kind,
        element.get("default"),
        element.get("calledElement"),
        step,
        element.get("name", "").strip(),
        _documentation(element),
    )
    return found


def _read_flow(element: etree._Element, graph: Graph) -> list[Problem]:
    found = _id_problems(element) + _attribute_problems(element, _FLOW_ATTRIBUTES)
    flow_id = element.get("id", "")
    if any(flow.id == flow_id for flow in graph.flows):
        found.append(problem("id.twice", flow_id))
    condition: Condition | None = None
    for child in element:
        if _name(child) == "documentation":
            continue
        if _name(child) != "conditionExpression" or len(child) or set(child.attrib) - {"id", _XSI_TYPE}:
            found.append(_unknown(child))
            continue
        text = child.text or ""
        try:
            condition = parse_condition(text)
        except ConditionUnreadable as stop:
            found.append(
                problem("flow.bad_condition", flow_id, position=stop.args[0], value=text.strip()[:80])
            )
    ends = element.get("sourceRef", ""), element.get("targetRef", "")
    graph.flows.append(
        Flow(flow_id, *ends, condition, element.get("name", "").strip(), _documentation(element))
    )
    return found


def _read_remark(element: etree._Element, name: str, graph: Graph) -> list[Problem]:
    """Words for the reader of the drawing. They say nothing to the run, so nothing of them is refused."""
    own = element.get("id", "")
    if name == "textAnnotation":
        text = "\n".join(child.text or "" for child in element if _name(child) == "text").strip()
        graph.remarks.append(Remark(own, text=text))
    elif name == "association":
        graph.remarks.append(
            Remark(own, source=element.get("sourceRef", ""), target=element.get("targetRef", ""))
        )
    return []


def _documentation(element: etree._Element) -> str:
    return "\n".join(child.text or "" for child in element if _name(child) == "documentation").strip()


def _read_step(element: etree._Element, key: str) -> tuple[StepSpec, list[Problem]]:
    found: list[Problem] = []
    name = element.get("name", "").strip()
    duty, unit, allot, decided, form, issued, move = (
        element.get(f"{{{OWN}}}{attribute}", "").strip() for attribute in STEP_ATTRIBUTES
    )
    if not name or len(name) > 200:
        found.append(problem("step.without_name", key))
    if not duty or not unit:
        found.append(problem("step.without_actor", key))
    if duty and duty not in Duty.values:
        found.append(problem("step.unknown_duty", key, value=duty))
    if unit and unit not in UnitRole.values and (len(unit) > 35 or not _UNIT_CODE.fullmatch(unit)):
        found.append(problem("step.unknown_unit", key, value=unit))
    allotment = parse_allotment(allot) if allot else None
    if allot and allotment is None:
        found.append(problem("step.bad_time", key, value=allot))
    decisions = _read_decisions(decided) if decided else ()
    if decisions is None:
        found.append(problem("step.bad_decisions", key, value=decided))
    issues = tuple(part.strip() for part in issued.split(";")) if issued else ()
    found += _outcome_problems(key, form, issues, move)
    return StepSpec(key, name, duty, unit, allotment, decisions or (), form, issues, move), found


def _outcome_problems(key: str, form: str, issues: tuple[str, ...], move: str) -> list[Problem]:
    found = []
    if form and not _FORM.fullmatch(form):
        found.append(problem("step.bad_form", key, value=form[:80]))
    unfit = [code for code in issues if not _FORM.fullmatch(code)]
    if unfit or len(set(issues)) != len(issues) or len(issues) > _MOST_PAPERS:
        found.append(problem("step.bad_issues", key, value=";".join(issues)[:80]))
    if move and move not in StepMove.values:
        found.append(problem("step.unknown_move", key, value=move[:80]))
    return found


def _read_decisions(text: str) -> tuple[tuple[str, str], ...] | None:
    decisions = []
    for part in text.split(";"):
        match = _DECISION.fullmatch(part.strip())
        if match is None or not match[2].strip():
            return None
        decisions.append((match[1], match[2].strip()))
    return tuple(decisions) if len(dict(decisions)) == len(decisions) else None
