"""The parts of a process: what each step says of itself, the way between the steps, and the drawing. Pure.

``process/steps/<id>/<attribute>`` are the words, duty, unit and time of a step, the
process's own or of one that it calls; ``process/flow`` is all the rest that has a
meaning, in canonical XML; ``process/drawing`` is how it is drawn. ``process/spelling``
is the file as it was written: ``join_process`` gives it back as it stands while it
still says the same, so that nothing is changed by looking at it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from apps.catalogue.paths import ORDER, id_of, names_of

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
OWN = "{urn:motcua:bpmn:1}"
_DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"
_FILE_PARTS = ("flow", "drawing", "spelling")


@dataclass(frozen=True, slots=True)
class _File:
    flow: str
    drawing: list[str]
    steps: dict[str, dict[str, str]]


def split_process(process: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    steps: dict[str, dict[str, str]] = {}
    for key, value in process.items():
        if key == "bpmn":
            yield from _split_file(("process",), value, steps)
        elif key == "called":
            names = names_of(value)
            yield ("process", "called", ORDER), names
            for name, text in zip(names, value.values(), strict=True):
                yield from _split_file(("process", "called", name), text, steps)
        else:
            yield ("process", key), value
    for step, attributes in steps.items():
        for attribute, value in attributes.items():
            yield ("process", "steps", step, attribute), value


def join_process(node: dict[str, Any]) -> dict[str, Any]:
    steps = node.get("steps", {})
    process = {key: value for key, value in node.items() if key not in {*_FILE_PARTS, "steps", "called"}}
    if "flow" in node:
        process["bpmn"] = _join_file(node, steps)
    if "called" in node:
        called = node["called"]
        process["called"] = {id_of(name): _join_file(called[name], steps) for name in called[ORDER]}
    return process


def read_process(text: str) -> etree._Element:
    """Closed to the outside: no DTD, no entities, no net. Raises XMLSyntaxError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(text.encode(), parser)


def _split_file(
    prefix: tuple[str, ...], text: str, steps: dict[str, dict[str, str]]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    file = _take_apart(text)
    yield (*prefix, "flow"), file.flow
    yield (*prefix, "drawing"), file.drawing
    yield (*prefix, "spelling"), text
    for step, attributes in file.steps.items():
        steps.setdefault(step, attributes)


def _take_apart(text: str) -> _File:
    """What is no XML is all flow: a draft may hold anything, its check refuses it elsewhere."""
    try:
        root = read_process(text)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return _File(text, [], {})
    drawing = []
    for diagram in root.findall(_DIAGRAM):
        root.remove(diagram)
        drawing.append(_canonical(diagram))
    steps: dict[str, dict[str, str]] = {}
    for task in _tasks(root):
        if task.get("id") not in steps:
            steps[task.get("id")] = _take_attributes(task)
    return _File(_canonical(root), drawing, steps)


def _tasks(root: etree._Element) -> Iterator[etree._Element]:
    return (task for task in root.iter(f"{BPMN}userTask") if task.get("id"))


def _take_attributes(task: etree._Element) -> dict[str, str]:
    taken = {}
    for name in list(task.attrib):
        if name == "name" or (name.startswith(OWN) and name != f"{OWN}name"):
            taken[name.removeprefix(OWN)] = task.attrib.pop(name)
    return taken


def _canonical(node: etree._Element) -> str:
    """Without the white space between elements, which says nothing."""
    for one in node.iter():
        if len(one) and not (one.text or "").strip():
            one.text = None
        if not (one.tail or "").strip():
            one.tail = None
    return etree.tostring(node, method="c14n", with_comments=False).decode()


def _join_file(node: dict[str, Any], steps: dict[str, dict[str, str]]) -> str:
    spelling = node.get("spelling")
    written = _take_apart(spelling) if spelling is not None else None
    same_way = written is not None and (written.flow, written.drawing) == (node["flow"], node["drawing"])
    if same_way and all(steps.get(step) == said for step, said in written.steps.items()):  # type: ignore[union-attr]
        return str(spelling)
    return _write(str(spelling) if same_way else _with_drawing(node), steps)


def _with_drawing(node: dict[str, Any]) -> str:
    if not node["drawing"]:
        return str(node["flow"])
    root = read_process(node["flow"])
    root.extend(read_process(diagram) for diagram in node["drawing"])
    return etree.tostring(root, encoding="unicode")


def _write(text: str, steps: dict[str, dict[str, str]]) -> str:
    """``text`` with the attributes of its steps as ``steps`` says them."""
    try:
        root = read_process(text)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return text
    done: set[str] = set()
    for task in _tasks(root):
        step = task.get("id")
        if step in done:
            continue
        done.add(step)
        _take_attributes(task)
        for name, value in steps.get(step, {}).items():
            task.set(name if name == "name" else f"{OWN}{name}", value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8").decode()
