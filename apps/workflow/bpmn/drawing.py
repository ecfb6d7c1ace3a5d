"""Where things stand on paper: the BPMN DI of a file, which a run never looks at.

Sizes and places are in the units of the standard (pixels, y downwards). What
cannot be a place on paper (no number, infinite, far off) counts as not drawn;
a drawing is for eyes and is never a reason to refuse a file.
"""

import math
from dataclasses import dataclass, field

from lxml import etree

from apps.workflow.bpmn.graph import Graph

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
WAY = "http://www.omg.org/spec/DD/20100524/DI"
_FARTHEST = 100_000.0
_MOST_POINTS = 200

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Bounds", gap: float = 0) -> bool:
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


@dataclass(slots=True)
class Drawing:
    """By the id of what is drawn: bounds of nodes and remarks, waypoints of flows, bounds of words beside them."""

    shapes: dict[str, Bounds] = field(default_factory=dict)
    edges: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    labels: dict[str, Bounds] = field(default_factory=dict)

    def covers(self, graph: Graph) -> bool:
        """Is every node and every flow of ``graph`` on the paper?"""
        return all(node in self.shapes for node in graph.nodes) and all(
            flow.id in self.edges for flow in graph.flows
        )


def is_drawing(element: etree._Element) -> bool:
    return element.tag == f"{{{DI}}}BPMNDiagram"


def read_drawing(root: etree._Element) -> Drawing:
    """Of a whole file; the first place that is said of a thing counts."""
    found = Drawing()
    for diagram in root:
        if not is_drawing(diagram):
            continue
        for element in diagram.iter(f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge"):
            _read_one(element, found)
    return found


def _read_one(element: etree._Element, found: Drawing) -> None:
    drawn = element.get("bpmnElement", "")
    label = element.find(f"{{{DI}}}BPMNLabel")
    words = _bounds(label) if label is not None else None
    if words is not None:
        found.labels.setdefault(drawn, words)
    if element.tag == f"{{{DI}}}BPMNShape":
        bounds = _bounds(element)
        if bounds is not None:
            found.shapes.setdefault(drawn, bounds)
        return
    points = [_point(each) for each in element.findall(f"{{{WAY}}}waypoint")[:_MOST_POINTS]]
    known = [point for point in points if point is not None]
    if len(known) >= 2 and len(known) == len(points):
        found.edges.setdefault(drawn, tuple(known))


def _bounds(element: etree._Element) -> Bounds | None:
    at = element.find(f"{{{BOUNDS}}}Bounds")
    if at is None:
        return None
    sizes = [_number(at.get(name)) for name in ("x", "y", "width", "height")]
    known = [size for size in sizes if size is not None]
    return Bounds(*known) if len(known) == 4 and known[2] > 0 and known[3] > 0 else None


def _point(element: etree._Element) -> Point | None:
    x, y = _number(element.get("x")), _number(element.get("y"))
    return (x, y) if x is not None and y is not None else None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) <= _FARTHEST else None
