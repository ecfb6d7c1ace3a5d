"""From a drawn process to what the diagram component puts on the page: numbers, lines of words, states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.workflow.bpmn.drawing import Bounds, Point
from apps.workflow.bpmn.graph import Graph, Node, NodeKind
from apps.workflow.pictures import Drawn, StepWords, draw_all, say_step
from apps.workflow.selectors import StepView

_LETTER = 7.2  # a letter's usual width in units of the drawing at the size of diagram.css, 13 px
_LINE = 16
_AROUND = 20
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Line:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """``state`` is empty where nothing is lit: gateways, and a process without a run."""

    id: str
    kind: str
    at: Bounds
    title: str
    lines: tuple[Line, ...]
    state: str

    @property
    def diamond(self) -> str:
        x, y = self.at.middle
        return f"{x:g},{self.at.y:g} {self.at.right:g},{y:g} {x:g},{self.at.bottom:g} {self.at.x:g},{y:g}"


@dataclass(frozen=True, slots=True)
class Edge:
    id: str
    points: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ListedStep:
    words: StepWords
    state: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One process. ``box`` is the SVG's viewBox; ``steps`` says in words what the picture shows."""

    id: str
    name: str
    box: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    steps: tuple[ListedStep, ...]


def pictures_of(process: Mapping[str, Any], run: Iterable[StepView] | None = None) -> list[Picture]:
    """``process`` is the one of a procedure's content; with ``run`` its steps are lit, in called processes too."""
    lit = None if run is None else states_of(run)
    return [_picture(drawn, lit) for drawn in draw_all(process["bpmn"], process.get("called"))]


def states_of(run: Iterable[StepView]) -> dict[str, str]:
    """Key of a step → done or now. One that is open again after it was done is where the dossier stands."""
    found: dict[str, str] = {}
    for step in run:
        if step.is_open:
            found[step.key] = "now"
        elif step.state == "DONE":
            found.setdefault(step.key, "done")
    return found


def _picture(drawn: Drawn, lit: dict[str, str] | None) -> Picture:
    graph, drawing = drawn.graph, drawn.drawing
    shapes = tuple(
        _shape(node, drawing.shapes[node.id], drawing.labels.get(node.id), lit)
        for node in graph.nodes.values()
    )
    remarks = tuple(
        Shape(
            one.id, "remark", drawing.shapes[one.id], one.text, _centred(one.text, drawing.shapes[one.id]), ""
        )
        for one in graph.remarks
        if one.id in drawing.shapes
    )
    edges = tuple(_edges(graph, drawing.edges, drawing.labels))
    box = _box(
        [shape.at for shape in (*shapes, *remarks)], drawing.edges.values(), [shape.lines for shape in shapes]
    )
    return Picture(
        id=graph.id,
        name=graph.name or graph.id,
        box=f"{box.x:g} {box.y:g} {box.width:g} {box.height:g}",
        width=box.width,
        height=box.height,
        shapes=(*shapes, *remarks),
        edges=edges,
        steps=tuple(ListedStep(say_step(step), _state(step.key, lit)) for step in graph.steps),
    )


def _state(key: str, lit: dict[str, str] | None) -> str:
    return "" if lit is None else lit.get(key, "ahead")


def _shape(node: Node, at: Bounds, label: Bounds | None, lit: dict[str, str] | None) -> Shape:
    name = node.step.name if node.step else node.name
    boxed = node.kind in (NodeKind.STEP, NodeKind.CALL)
    lines = _centred(name or node.id, at) if boxed else _beside(name, at, label)
    state = _state(node.id, lit) if node.step else ""
    title = name or node.id
    return Shape(node.id, node.kind.name.lower(), at, title, lines, state)


def _edges(
    graph: Graph, ways: Mapping[str, tuple[Point, ...]], labels: Mapping[str, Bounds]
) -> Iterable[Edge]:
    names = {flow.id: flow.name for flow in graph.flows} | {one.id: "" for one in graph.remarks}
    for key, points in ways.items():
        if key not in names:
            continue
        middle = points[len(points) // 2 - 1], points[len(points) // 2]
        at = labels.get(key) or Bounds((middle[0][0] + middle[1][0]) / 2 - 45, middle[0][1] - 24, 90, 20)
        lines = _centred(names[key], at) if names[key] else ()
        yield Edge(key, " ".join(f"{x:g},{y:g}" for x, y in points), lines)


def _centred(text: str, at: Bounds) -> tuple[Line, ...]:
    rows = wrapped(
        text, width=max(int((at.width - 10) / _LETTER), 4), most=max(int((at.height - 6) // _LINE), 1)
    )
    top = at.middle[1] - (len(rows) - 1) * _LINE / 2 + 4
    return tuple(Line(at.middle[0], top + number * _LINE, row) for number, row in enumerate(rows))


def _beside(text: str, at: Bounds, label: Bounds | None) -> tuple[Line, ...]:
    """Where the drawing has it, else above; from the lowest line upwards, so that it never covers its shape."""
    if not text:
        return ()
    rows = wrapped(text, width=14, most=3)
    foot = at.y - 8
    middle = at.middle[0]
    if label is not None:
        middle = label.middle[0]
        if label.y >= at.bottom - 4:
            foot = label.y + len(rows) * _LINE - 2
        else:
            foot = min(label.bottom, at.y - 4) if label.x < at.right and at.x < label.right else label.bottom
    return tuple(
        Line(middle, foot - (len(rows) - 1 - number) * _LINE, row) for number, row in enumerate(rows)
    )


def wrapped(text: str, *, width: int, most: int) -> list[str]:
    """Lines of whole words; what does not fit ends in an ellipsis."""
    rows: list[str] = []
    for word in text.split():
        if rows and len(rows[-1]) + 1 + len(word) <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word if len(word) <= width else word[: width - 1] + _CUT)
    if len(rows) > most:
        rows = rows[:most]
        rows[-1] = rows[-1][: width - 1].rstrip(" ,") + _CUT
    return rows


def _box(
    shapes: list[Bounds], ways: Iterable[tuple[Point, ...]], words: Iterable[tuple[Line, ...]]
) -> Bounds:
    points = [point for way in ways for point in way]
    spoken = [line for lines in words for line in lines]
    xs = [x for x, _y in points] + [at.x for at in shapes] + [at.right for at in shapes]
    ys = [y for _x, y in points] + [at.y for at in shapes] + [at.bottom for at in shapes]
    xs += [line.x + side * len(line.text) * _LETTER / 2 for line in spoken for side in (-1, 1)]
    ys += [line.y + side * _LINE for line in spoken for side in (-1, 0)]
    if not xs:
        return Bounds(0, 0, 1, 1)
    left, top = min(xs) - _AROUND, min(ys) - _AROUND
    return Bounds(left, top, max(xs) + _AROUND - left, max(ys) + _AROUND - top)
