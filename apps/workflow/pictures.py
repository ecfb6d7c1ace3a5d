"""A process for eyes: its drawing with the words of each step, and the few stages that an applicant is told.

Pure: files in, plain values out. What runs is apps.workflow.engine's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.accounts.enums import Duty
from apps.workflow.bpmn.allotment import Allotment
from apps.workflow.bpmn.drawing import Drawing
from apps.workflow.bpmn.graph import Graph, StepSpec
from apps.workflow.bpmn.layout import draw
from apps.workflow.bpmn.reading import read_process
from apps.workflow.bpmn.writing import step_attributes
from apps.workflow.enums import StepMove, UnitRole

__all__ = ["Drawn", "StepWords", "draw_all", "find_step", "say_step", "say_time", "step_attributes"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One process of a file set: what it says and where it stands on paper."""

    graph: Graph
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step in the words of a person. ``unit`` is a role or, when the process names one, a unit's code."""

    key: str
    name: str
    duty: str
    unit: str
    time: str
    decisions: tuple[str, ...]
    form: str
    issues: tuple[str, ...]
    move: str


def draw_all(bpmn: str, called: Mapping[str, str] | None = None) -> list[Drawn]:
    """The main process first, then what it calls. A file that cannot be read at all is left out."""
    found = []
    for text in (bpmn, *(called or {}).values()):
        reading = read_process(text)
        if reading.graph is not None:
            found.append(Drawn(reading.graph, draw(reading.graph, reading.drawing)))
    return found


def find_step(bpmn: str, called: Mapping[str, str] | None, key: str) -> StepSpec | None:
    """Of the process or of what it calls: a step's id is one of a kind in all of them."""
    for text in (bpmn, *(called or {}).values()):
        graph = read_process(text).graph
        if graph is not None and key in graph.nodes:
            return graph.nodes[key].step
    return None


def say_step(step: StepSpec) -> StepWords:
    return StepWords(
        key=step.key,
        name=step.name or step.key,
        duty=str(Duty(step.duty).label) if step.duty in Duty.values else step.duty,
        unit=str(UnitRole(step.unit).label) if step.unit in UnitRole.values else step.unit,
        time=say_time(step.allot),
        decisions=tuple(label for _code, label in step.decisions),
        form=step.form,
        issues=step.issues,
        move=str(StepMove(step.move).label) if step.move in StepMove.values else step.move,
    )


def say_time(allot: Allotment | None) -> str:
    """``2 ngày làm việc``, ``1 giờ 30 phút``; empty without an allotment."""
    if allot is None:
        return ""
    if allot.days:
        return _("{days} ngày làm việc").format(days=allot.days)
    hours, minutes = divmod(allot.minutes, 60)
    parts = []
    if hours:
        parts.append(_("{hours} giờ").format(hours=hours))
    if minutes:
        parts.append(_("{minutes} phút").format(minutes=minutes))
    return " ".join(parts)
