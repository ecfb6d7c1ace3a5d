"""Start a run and move it on. A run's state is a dict that JSON can hold; nothing here is kept in memory."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from apps.workflow.engine import notation
from apps.workflow.engine.language import SmallLanguage
from apps.workflow.engine.spec import Spec

NOTATION = 1  # raised when what is kept below changes its form


class StateOutOfStep(RuntimeError):
    """The engine's note and our own rows disagree: a fault of the house, never an answer to a person."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that has just been reached. ``token`` names it to ``advance``."""

    token: UUID
    key: str


@dataclass(frozen=True, slots=True)
class Position:
    """``state`` is to be kept; ``opened`` is what is new since the state before."""

    state: dict[str, Any]
    opened: tuple[Waiting, ...]
    finished: bool


def start(spec: Spec, *, facts: dict[str, Any]) -> Position:
    run = BpmnWorkflow(spec.main, spec.called, script_engine=SmallLanguage(facts=facts, decisions={}))
    return _settle(run, decisions={}, waiting_before=set())


def advance(
    spec: Spec, state: dict[str, Any], *, token: UUID, decision: str | None, facts: dict[str, Any]
) -> Position:
    """Complete the step of ``token``. Raises StateOutOfStep when the engine is not waiting for it."""
    if state["notation"] != NOTATION:
        raise StateOutOfStep(f"a run written in notation {state['notation']}")
    run = notation.read_run(state["tokens"], spec=spec.main, called=spec.called)
    waiting = {task.id: task for task in _waiting(run)}
    task = waiting.pop(token, None)
    if task is None:
        raise StateOutOfStep(f"the engine does not wait for {token}")
    decisions = {**state["decisions"], task.task_spec.name: decision}
    run.script_engine = SmallLanguage(facts=facts, decisions=decisions)
    task.data = {"decision": decision}
    task.run()
    return _settle(run, decisions=decisions, waiting_before=set(waiting))


def _settle(run: BpmnWorkflow, *, decisions: dict[str, str | None], waiting_before: set[UUID]) -> Position:
    run.do_engine_steps()
    waiting = _waiting(run)
    if not waiting and not run.completed:
        raise StateOutOfStep("nobody is waited for and the run has not ended")
    return Position(
        state={"notation": NOTATION, "decisions": decisions, "tokens": notation.write_run(run)},
        opened=tuple(
            Waiting(task.id, task.task_spec.name) for task in waiting if task.id not in waiting_before
        ),
        finished=bool(run.completed),
    )


def _waiting(run: BpmnWorkflow) -> list[Any]:
    return [task for task in run.get_tasks(state=TaskState.READY) if task.task_spec.manual]
