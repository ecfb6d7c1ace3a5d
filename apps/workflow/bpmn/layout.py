"""A readable drawing for a process that has none: from left to right, nothing on top of anything.

Columns and rows come from bpmn.layers. A flow leaves its node on the right and
arrives on the left; between two columns each flow that changes its row has an
upright of its own. Ways back leave and arrive below and run under everything,
each on a line of its own.
"""

from dataclasses import dataclass
from itertools import pairwise

from apps.workflow.bpmn.drawing import Bounds, Drawing, Point
from apps.workflow.bpmn.graph import Flow, Graph, NodeKind
from apps.workflow.bpmn.layers import Layers, arrange

SIZES = {
    NodeKind.START: (36, 36),
    NodeKind.END: (36, 36),
    NodeKind.STEP: (150, 80),
    NodeKind.CALL: (150, 80),
    NodeKind.EXCLUSIVE: (50, 50),
    NodeKind.PARALLEL: (50, 50),
}
_LEFT, _TOP = 160, 100
_ROW = 140
_WIDE, _NARROW = (
    150,
    90,
)  # a column with a box, and one with round and square things only (their words are wider)
_GAP, _TRACK = 50, 12  # between columns; between two uprights in it
_LANE = 16  # between two ways back
_REMARK = (180, 60)


@dataclass(frozen=True, slots=True)
class _Grid:
    """``left`` and ``width`` of each column, ``rows``: row → the height of its middle."""

    left: list[float]
    width: list[float]
    layers: Layers
    top_row: int

    def middle(self, row: int) -> float:
        return _TOP + (row - self.top_row) * _ROW

    @property
    def floor(self) -> float:
        lowest = max(self.layers.rows.values(), default=0)
        return self.middle(lowest) + _ROW / 2


def draw(graph: Graph, drawing: Drawing) -> Drawing:
    """The drawing that came with the process, or a new one where it does not show all of it."""
    return drawing if graph.nodes and drawing.covers(graph) else lay_out(graph)


def lay_out(graph: Graph) -> Drawing:
    layers = arrange(graph)
    columns = {place: at for at, places in enumerate(layers.columns) for place in places}
    tracks = _tracks(layers, columns)
    grid = _grid(graph, layers, tracks)
    found = Drawing()
    for at, places in enumerate(layers.columns):
        for place in places:
            if place in graph.nodes:
                found.shapes[place] = _shape(graph, place, grid, at)
    for flow in layers.ahead:
        found.edges[flow.id] = _ahead(flow, found, grid, columns, tracks)
    _draw_below(found, grid, columns, tracks)
    _label(graph, found)
    _draw_remarks(graph, found)
    return found


def _tracks(layers: Layers, columns: dict[str, int]) -> dict[tuple[str, int], int]:
    """(flow, column to the left of the gap) → the number of its upright there."""
    found: dict[tuple[str, int], int] = {}
    used = [0] * (len(layers.columns) + 1)
    for flow in layers.ahead:
        chain = [flow.source, *layers.passing[flow.id], flow.target]
        for left, right in pairwise(chain):
            if layers.rows[left] != layers.rows[right]:
                at = columns[left]
                found[flow.id, at] = used[at]
                used[at] += 1
    for flow in layers.below:  # down right of the source, up left of the target
        for key, at in (
            (f"{flow.id}\0down", columns[flow.source]),
            (f"{flow.id}\0up", columns[flow.target] - 1),
        ):
            found[key, at] = used[at]
            used[at] += 1
    return found


def _grid(graph: Graph, layers: Layers, tracks: dict[tuple[str, int], int]) -> _Grid:
    uprights: dict[int, int] = {}
    for (_key, at), number in tracks.items():
        uprights[at] = max(uprights.get(at, 0), number + 1)
    left: list[float] = []
    width: list[float] = []
    at_x = float(_LEFT) + uprights.get(-1, 0) * _TRACK
    for at, places in enumerate(layers.columns):
        boxes = any(SIZES[graph.nodes[place].kind][0] == _WIDE for place in places if place in graph.nodes)
        left.append(at_x)
        width.append(_WIDE if boxes else _NARROW)
        at_x += width[-1] + _GAP + uprights.get(at, 0) * _TRACK
    return _Grid(left, width, layers, min(layers.rows.values(), default=0))


def _shape(graph: Graph, node: str, grid: _Grid, at: int) -> Bounds:
    width, height = SIZES[graph.nodes[node].kind]
    middle = grid.left[at] + grid.width[at] / 2
    return Bounds(middle - width / 2, grid.middle(grid.layers.rows[node]) - height / 2, width, height)


def _upright(grid: _Grid, at: int, number: int) -> float:
    """Where the upright stands in the gap to the right of column ``at``; -1 is before the first."""
    base = grid.left[at] + grid.width[at] if at >= 0 else grid.left[0] - _GAP - number * 2 * _TRACK
    return base + _GAP / 2 + number * _TRACK


def _ahead(
    flow: Flow, found: Drawing, grid: _Grid, columns: dict[str, int], tracks: dict[tuple[str, int], int]
) -> tuple[Point, ...]:
    source, target = found.shapes[flow.source], found.shapes[flow.target]
    points: list[Point] = [(source.right, source.middle[1])]
    chain = [flow.source, *grid.layers.passing[flow.id], flow.target]
    for left, right in pairwise(chain):
        rows = grid.layers.rows
        if rows[left] != rows[right]:
            at = columns[left]
            x = _upright(grid, at, tracks[flow.id, at])
            points += [(x, grid.middle(rows[left])), (x, grid.middle(rows[right]))]
    points.append((target.x, target.middle[1]))
    return tuple(points)


def _draw_below(
    found: Drawing, grid: _Grid, columns: dict[str, int], tracks: dict[tuple[str, int], int]
) -> None:
    """The shortest way runs nearest; two that do not meet share a line."""
    spans = sorted(grid.layers.below, key=lambda flow: abs(columns[flow.source] - columns[flow.target]))
    lines: list[list[tuple[float, float]]] = []
    for flow in spans:
        source, target = found.shapes[flow.source], found.shapes[flow.target]
        down = _way_down(flow.source, f"{flow.id}\0down", source, grid, columns[flow.source], tracks)
        up = _way_down(flow.target, f"{flow.id}\0up", target, grid, columns[flow.target] - 1, tracks)
        span = (min(down[-1][0], up[-1][0]) - _TRACK, max(down[-1][0], up[-1][0]) + _TRACK)
        number = next(
            (n for n, line in enumerate(lines) if all(span[1] < a or b < span[0] for a, b in line)),
            len(lines),
        )
        if number == len(lines):
            lines.append([])
        lines[number].append(span)
        y = grid.floor + number * _LANE
        found.edges[flow.id] = (*down, (down[-1][0], y), (up[-1][0], y), *reversed(up))


def _way_down(
    node: str, key: str, shape: Bounds, grid: _Grid, gap: int, tracks: dict[tuple[str, int], int]
) -> list[Point]:
    """From the lower border into the free gap, if anything stands below; else straight down."""
    own = grid.layers.rows[node]
    column = next(places for places in grid.layers.columns if node in places)
    x = shape.middle[0] + (8 if key.endswith("down") else -8)
    foot = (x, _border_below(shape, x))
    if all(grid.layers.rows[place] <= own for place in column):
        return [foot]
    y = shape.middle[1] + _ROW / 2 - 14 + (tracks[key, gap] % 3) * 8
    aside = _upright(grid, gap, tracks[key, gap])
    return [foot, (x, y), (aside, y)]


def _border_below(shape: Bounds, x: float) -> float:
    """The lower border at ``x``: of a box its edge, of a round or pointed thing less far down."""
    if shape.width > 60:
        return shape.bottom
    off = abs(x - shape.middle[0])
    half = shape.width / 2
    if shape.width == 50:  # a gateway stands on its corner
        return shape.middle[1] + half - off
    return float(shape.middle[1] + (half**2 - off**2) ** 0.5)


def _label(graph: Graph, found: Drawing) -> None:
    """Names of round and square things stand above them."""
    for node in graph.nodes.values():
        at = found.shapes[node.id]
        if node.name and node.kind not in (NodeKind.STEP, NodeKind.CALL):
            found.labels[node.id] = Bounds(at.middle[0] - 45, at.y - 32, 90, 27)


def _draw_remarks(graph: Graph, found: Drawing) -> None:
    """In a row above everything; their lines go straight to what they speak of."""
    x = float(_LEFT)
    places: dict[str, Bounds] = {}
    for remark in graph.remarks:
        if remark.id and not remark.source and remark.id not in found.shapes:
            places[remark.id] = Bounds(x, _TOP - _ROW - 40, *_REMARK)
            x += _REMARK[0] + 20
    found.shapes.update(places)
    for remark in graph.remarks:
        ends = [found.shapes.get(remark.source), found.shapes.get(remark.target)]
        if remark.id and ends[0] and ends[1]:
            found.edges[remark.id] = (ends[0].middle, ends[1].middle)
