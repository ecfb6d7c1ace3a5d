"""Files of processes as people hand them in and take them away: read with every problem, written with a drawing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from apps.workflow.bpmn.adapting import adapt
from apps.workflow.bpmn.drawing import is_drawing
from apps.workflow.bpmn.graph import MODEL, OWN, Graph, Node, NodeKind
from apps.workflow.bpmn.layout import draw, lay_out
from apps.workflow.bpmn.problem import Problem, problem
from apps.workflow.bpmn.reading import LARGEST_BYTES, STEP_ATTRIBUTES, read_process, read_root
from apps.workflow.bpmn.timing import Limit, over_limit
from apps.workflow.bpmn.writing import append_drawing, write_process
from apps.workflow.validation import read_all

__all__ = [
    "Limit",
    "TakenIn",
    "check_draft",
    "is_readable",
    "new_process",
    "standard_file",
    "take_in",
    "tidied",
    "with_drawing",
    "with_steps",
]
# What keeps a file from being opened in the editor at all; everything else can be mended there.
_SHUT_OUT = ("xml.", "element.", "attribute.", "id.", "call.", "flow.bad_condition", "flow.broken")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """``main`` is empty when the files were refused; then ``problems`` says why, file by file.

    ``notes``: what of another tool's drawing was changed on the way in, in words.
    """

    main: str = ""
    called: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)


def is_readable(bpmn: str) -> bool:
    """Can it be kept as a draft: one process, safe to parse?"""
    return read_process(bpmn).graph is not None


def check_draft(
    bpmn: str, called: Mapping[str, str], limits: Sequence[Limit]
) -> tuple[list[Problem], list[Problem]]:
    """What keeps it from being published; and, only when nothing does, what surely takes too long."""
    graphs, problems = read_all(bpmn, called)
    return problems, [] if problems or not graphs else over_limit(graphs, limits)


def standard_file(bpmn: str) -> str:
    """A BPMN 2.0 file with its drawing, for other tools. An unsound draft goes out as it is, drawn."""
    reading = read_process(bpmn)
    if reading.graph is None or reading.problems:
        return with_drawing(bpmn)
    return write_process(reading.graph, draw(reading.graph, reading.drawing))


def with_drawing(bpmn: str) -> str:
    """The same file, nothing in it changed, with a drawing where it has none of all its nodes."""
    reading = read_process(bpmn)
    if reading.graph is None or not reading.graph.nodes or reading.drawing.covers(reading.graph):
        return bpmn
    return _redrawn(bpmn, reading.graph)


def tidied(bpmn: str) -> str:
    """The same file, drawn anew."""
    graph = read_process(bpmn).graph
    return bpmn if graph is None else _redrawn(bpmn, graph)


def _redrawn(bpmn: str, graph: Graph) -> str:
    root, _problems = read_root(bpmn)
    if root is None:
        return bpmn
    for old in [child for child in root if is_drawing(child)]:
        root.remove(old)
    append_drawing(root, graph, lay_out(graph))
    return _text(root)


def with_steps(bpmn: str, changes: Mapping[str, Mapping[str, str]]) -> str:
    """Names and our attributes of steps written into the file: step → attribute → value; empty takes it out."""
    root, _problems = read_root(bpmn)
    if root is None:
        return bpmn
    for element in root.iter(f"{{{MODEL}}}{NodeKind.STEP.value}"):
        for name, value in changes.get(element.get("id", ""), {}).items():
            key = "name" if name == "name" else f"{{{OWN}}}{name}"
            if name not in ("name", *STEP_ATTRIBUTES):
                continue
            if value:
                element.set(key, value)
            elif key in element.attrib:
                del element.attrib[key]
    return _text(root)


def take_in(files: Sequence[tuple[str, bytes]]) -> TakenIn:
    """``files``: (name, content) of one process and all that it calls, in any order. All or nothing."""
    texts: dict[str, tuple[str, str]] = {}
    found: list[tuple[str, Problem]] = []
    notes: list[str] = []
    for name, content in files:
        text, problems, changed = _read_file(content)
        notes += changed
        found += [(name, each) for each in problems]
        graph = read_process(text).graph if text else None
        if graph is None:
            continue
        if graph.id in texts:
            found.append((name, problem("id.twice", graph.id)))
        texts[graph.id] = (name, text)
    called = {node.calls for _name, text in texts.values() for node in _calls(text)}
    mains = [key for key in texts if key not in called]
    if not found and len(mains) != 1:
        found.append(("", problem("xml.one_main", count=len(mains))))
    if not found:
        found = _missing(texts)
    if found:
        return TakenIn(problems=found)
    main = mains[0]
    rest = {key: with_drawing(text) for key, (_name, text) in texts.items() if key != main}
    return TakenIn(with_drawing(texts[main][1]), rest, notes)


def _missing(texts: Mapping[str, tuple[str, str]]) -> list[tuple[str, Problem]]:
    return [
        (name, problem("call.missing", node.id, value=node.calls or ""))
        for name, text in texts.values()
        for node in _calls(text)
        if node.calls not in texts
    ]


def _calls(text: str) -> list[Node]:
    graph = read_process(text).graph
    return graph.of_kind(NodeKind.CALL) if graph else []


def _read_file(content: bytes) -> tuple[str, list[Problem], list[str]]:
    if len(content) > LARGEST_BYTES:
        return "", read_process("x" * (LARGEST_BYTES + 1)).problems, []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as refusal:
        line = content.count(b"\n", 0, refusal.start) + 1
        return "", [problem("xml.unreadable", line=line)], []
    text, notes = _made_ours(text)
    problems = [each for each in read_process(text).problems if each.code.startswith(_SHUT_OUT)]
    return ("" if problems else text), problems, notes


def _made_ours(text: str) -> tuple[str, list[str]]:
    """Without what a run does not need; and meant to run, as every process is here."""
    root, _problems = read_root(text)
    processes = [] if root is None else root.findall(f"{{{MODEL}}}process")
    if root is None or len(processes) != 1:
        return text, []
    notes = adapt(root)
    processes[0].set("isExecutable", "true")
    return _text(root), notes


def new_process(*, key: str, name: str) -> str:
    """A start, one step that nobody does yet, an end: to be drawn further."""
    prefix = re.sub(r"[^A-Za-z0-9_-]", "-", key)[:60]
    text = _NEW.format(prefix=prefix)
    root, _problems = read_root(text)
    if root is None:
        raise AssertionError("the skeleton of a new process cannot be read")
    process = root[0]
    process.set("id", key)
    process.set("name", name)
    return with_drawing(_text(root))


def _text(root: etree._Element) -> str:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written.decode("utf-8")


_NEW = f"""<bpmn:definitions xmlns:bpmn="{MODEL}" xmlns:mc="{OWN}" id="definitions-{{prefix}}"
 targetNamespace="urn:motcua:process"><bpmn:process id="p" name="p" isExecutable="true">
<bpmn:startEvent id="{{prefix}}-bat-dau" name="Bắt đầu" />
<bpmn:sequenceFlow id="{{prefix}}-f1" sourceRef="{{prefix}}-bat-dau" targetRef="{{prefix}}-buoc-1" />
<bpmn:userTask id="{{prefix}}-buoc-1" name="Bước 1" mc:unit="COMPETENT" />
<bpmn:sequenceFlow id="{{prefix}}-f2" sourceRef="{{prefix}}-buoc-1" targetRef="{{prefix}}-ket-thuc" />
<bpmn:endEvent id="{{prefix}}-ket-thuc" name="Kết thúc" /></bpmn:process></bpmn:definitions>"""
