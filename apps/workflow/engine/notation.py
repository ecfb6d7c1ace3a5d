"""How a spec and a run are written down as JSON.

The spec is written by the library, once per version. A run is written by
ourselves, as the tokens that are somewhere and nothing of the past: the library
keeps every task that ever was, so a loop would grow its state without end, and
it would write the spec into each run.
"""

from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.task_spec import ParallelGatewayConverter
from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from apps.workflow.engine.joining import CAME_FROM, CountingGateway

_STATES = {"READY": TaskState.READY, "WAITING": TaskState.WAITING, "STARTED": TaskState.STARTED}
_serializer = BpmnWorkflowSerializer(
    registry=BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, CountingGateway: ParallelGatewayConverter})
)


def write_spec(spec: Any) -> dict[str, Any]:
    written: dict[str, Any] = _serializer.to_dict(spec)
    return written


def read_spec(written: dict[str, Any]) -> Any:
    return _serializer.from_dict(written)


def write_run(run: BpmnWorkflow) -> list[dict[str, Any]]:
    return _write_tokens(run, run)


def read_run(tokens: list[dict[str, Any]], *, spec: Any, called: dict[str, Any]) -> BpmnWorkflow:
    run = BpmnWorkflow(spec, called, deserializing=True)
    _read_tokens(tokens, run, run)
    return run


def _write_tokens(workflow: Any, run: BpmnWorkflow) -> list[dict[str, Any]]:
    tokens = []
    for task in workflow.tasks.values():
        name = TaskState.get_name(task.state)
        # A token that waits at the end only waits for the others: it is gone when they come there.
        if name not in _STATES or isinstance(task.task_spec, _EndJoin):
            continue
        token = {"id": str(task.id), "at": task.task_spec.name, "state": name}
        if CAME_FROM in task.internal_data:
            token["from"] = task.internal_data[CAME_FROM]
        inner = run.subprocesses.get(task.id)
        if inner is not None:
            token["inside"] = _write_tokens(inner, run)
        tokens.append(token)
    return tokens


def _read_tokens(tokens: list[dict[str, Any]], workflow: Any, run: BpmnWorkflow) -> None:
    root = workflow.task_tree = Task(workflow, workflow.spec.start, state=TaskState.COMPLETED)
    for token in tokens:
        task = Task(
            workflow,
            workflow.spec.task_specs[token["at"]],
            parent=root,
            state=_STATES[token["state"]],
            id=UUID(token["id"]),
        )
        if "from" in token:
            task.internal_data[CAME_FROM] = token["from"]
        task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
        if "inside" in token:
            inner = BpmnSubWorkflow(
                run.subprocess_specs[task.task_spec.spec], task.id, run, deserializing=True
            )
            run.subprocesses[task.id] = inner
            inner.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
            _read_tokens(token["inside"], inner, run)
