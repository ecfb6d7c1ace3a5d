"""From a row to what is needed to act on it: the spec from the shelf, a step with its run under lock."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.workflow.engine.spec import SPEC_NOTATION, Spec, build_spec, shelf
from apps.workflow.enums import StepState
from apps.workflow.errors import StepNotOpen, StepUnknown
from apps.workflow.models import ProcessDefinition, Step
from apps.workflow.validation import read_all


def get_spec(process_id: int, sha256: str) -> Spec:
    """One statement the first time in this process, none afterwards."""
    return shelf.get(sha256, lambda: _written(process_id))


def _written(process_id: int) -> dict[str, Any]:
    row = ProcessDefinition.objects.only("bpmn", "called", "spec").get(id=process_id)
    spec: dict[str, Any] = row.spec
    if spec["notation"] == SPEC_NOTATION:
        return spec
    # Written by an older version of the engine: made anew from the files, which are what counts.
    return build_spec(row.bpmn, row.called, read_all(row.bpmn, row.called)[0])


def lock_step(*, subject_id: int, step_id: UUID) -> Step:
    """The step alone, for what does not move the run. Raises StepUnknown, StepNotOpen."""
    steps = Step.objects.select_for_update(of=("self",), no_key=True)
    return _only_open(steps.filter(public_id=step_id, subject_id=subject_id))


def lock_step_and_run(*, subject_id: int, step_id: UUID) -> Step:
    """The step, its run and the hash of its process in one statement. Raises StepUnknown, StepNotOpen.

    Both rows are locked, the run first, as everywhere: two parallel steps of one
    run wait for each other, and the second sees the state that the first has
    left. With the run alone locked, PostgreSQL would hand out the step as it was
    before the wait, and it would be completed twice.
    """
    steps = (
        Step.objects.select_related("run__process")
        .select_for_update(of=("run", "self"), no_key=True)
        .defer("run__process__bpmn", "run__process__called", "run__process__spec")
    )
    return _only_open(steps.filter(public_id=step_id, subject_id=subject_id))


def _only_open(steps: QuerySet[Step]) -> Step:
    step = next(iter(steps), None)  # the key is unique: first() would only add an ORDER BY and a LIMIT
    if step is None:
        raise StepUnknown()
    if step.state != StepState.OPEN:
        raise StepNotOpen(step=step.name)
    return step
