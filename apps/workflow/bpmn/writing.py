"""From a graph and its drawing to a standard BPMN 2.0 file. Reading it back gives both again.

Our own attributes go along in their namespace: other tools keep or ignore them.
"""

from lxml import etree

from apps.workflow.bpmn.allotment import Allotment
from apps.workflow.bpmn.drawing import BOUNDS, DI, WAY, Bounds, Drawing
from apps.workflow.bpmn.graph import MODEL, OWN, Flow, Graph, Node, NodeKind, Remark, StepSpec

XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NAMES = {"bpmn": MODEL, "bpmndi": DI, "dc": BOUNDS, "di": WAY, "xsi": XSI, "mc": OWN}


def write_process(graph: Graph, drawing: Drawing) -> str:
    """UTF-8 text with its declaration; the same for the same process, whoever writes it."""
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=_NAMES)
    root.set("id", f"definitions-{graph.id}")
    root.set("targetNamespace", "urn:motcua:process")
    process = _add(root, "process", id=graph.id, name=graph.name, isExecutable="true")
    _document(process, graph.documentation)
    for node in graph.nodes.values():
        _write_node(process, node, graph)
    for flow in graph.flows:
        _write_flow(process, flow)
    for remark in graph.remarks:
        _write_remark(process, remark)
    append_drawing(root, graph, drawing)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text.decode("utf-8")


def say_allotment(allot: Allotment) -> str:
    """``P2D``, ``PT1H30M``: what bpmn.allotment reads."""
    if allot.days:
        return f"P{allot.days}D"
    hours, minutes = divmod(allot.minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(
        parent, f"{{{MODEL}}}{tag}", {name: value for name, value in attributes.items() if value}
    )


def _document(element: etree._Element, text: str) -> None:
    if text:
        _add(element, "documentation").text = text


def _write_node(process: etree._Element, node: Node, graph: Graph) -> None:
    element = _add(process, node.kind.value, id=node.id, name=node.name, default=node.default or "")
    if node.calls:
        element.set("calledElement", node.calls)
    if node.step:
        for name, value in step_attributes(node.step).items():
            element.set(f"{{{OWN}}}{name}", value)
    _document(element, node.documentation)
    for flow in graph.into(node.id):
        _add(element, "incoming").text = flow.id
    for flow in graph.out(node.id):
        _add(element, "outgoing").text = flow.id


def step_attributes(step: StepSpec) -> dict[str, str]:
    """What stands in the file, by the name in our namespace; empty ones are left out."""
    written = {
        "duty": step.duty,
        "unit": step.unit,
        "allot": say_allotment(step.allot) if step.allot else "",
        "decisions": ";".join(f"{code}|{label}" for code, label in step.decisions),
        "form": step.form,
        "issues": ";".join(step.issues),
        "move": step.move,
    }
    return {name: value for name, value in written.items() if value}


def _write_flow(process: etree._Element, flow: Flow) -> None:
    element = _add(
        process, "sequenceFlow", id=flow.id, name=flow.name, sourceRef=flow.source, targetRef=flow.target
    )
    _document(element, flow.documentation)
    if flow.condition is not None:
        condition = _add(element, "conditionExpression")
        condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        condition.text = flow.condition.text


def _write_remark(process: etree._Element, remark: Remark) -> None:
    if remark.source or remark.target:
        _add(process, "association", id=remark.id, sourceRef=remark.source, targetRef=remark.target)
    else:
        element = _add(process, "textAnnotation", id=remark.id)
        if remark.text:
            _add(element, "text").text = remark.text


def append_drawing(root: etree._Element, graph: Graph, drawing: Drawing) -> None:
    """The DI of ``drawing`` at the end of a file's tree."""
    names = {"bpmndi": DI, "dc": BOUNDS, "di": WAY}
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram", id=f"diagram-{graph.id}", nsmap=names)
    plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane", id=f"plane-{graph.id}", bpmnElement=graph.id)
    for key, bounds in drawing.shapes.items():
        shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape", id=f"shape-{key}", bpmnElement=key)
        if key in graph.nodes and graph.nodes[key].kind == NodeKind.EXCLUSIVE:
            shape.set("isMarkerVisible", "true")
        _write_bounds(shape, bounds)
        _write_label(shape, key, drawing)
    for key, points in drawing.edges.items():
        edge = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", id=f"edge-{key}", bpmnElement=key)
        for x, y in points:
            etree.SubElement(edge, f"{{{WAY}}}waypoint", x=_size(x), y=_size(y))
        _write_label(edge, key, drawing)


def _write_label(element: etree._Element, key: str, drawing: Drawing) -> None:
    if key in drawing.labels:
        _write_bounds(etree.SubElement(element, f"{{{DI}}}BPMNLabel"), drawing.labels[key])


def _write_bounds(element: etree._Element, bounds: Bounds) -> None:
    sizes = {name: _size(getattr(bounds, name)) for name in ("x", "y", "width", "height")}
    etree.SubElement(element, f"{{{BOUNDS}}}Bounds", sizes)


def _size(number: float) -> str:
    """The shortest text that is read as the same number."""
    return str(int(number)) if number == int(number) else repr(number)
