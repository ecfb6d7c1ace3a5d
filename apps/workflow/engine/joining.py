"""A parallel gateway that counts what has come in.

The library's own looks through the history of the run for what may still come.
It opened steps twice when a parallel block stood in a loop (16 of 300 random
processes in tests/apps/workflow/test_engine_against_token_game.py), and it
needs the whole history kept. This one parks a token for each way in and goes
on when all ways have one, as the BPMN standard has it.
"""

from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
from SpiffWorkflow.bpmn.parser.task_parsers import GatewayParser
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.util.task import TaskState

CAME_FROM = "came_from"


class CountingGateway(ParallelGateway):
    def _update_hook(self, my_task: Any) -> bool:
        came_from = my_task.internal_data.setdefault(CAME_FROM, my_task.parent.task_spec.name)
        parked = [
            task
            for task in my_task.workflow.tasks.values()
            if task.task_spec is self and task is not my_task and task.state == TaskState.WAITING
        ]
        arrived = {came_from, *(task.internal_data[CAME_FROM] for task in parked)}
        if len(arrived) < len(self.inputs):
            my_task._set_state(TaskState.WAITING)
            return False
        for task in parked:
            task.cancel()
        my_task._inherit_data()
        return True

    def _run_hook(self, my_task: Any) -> bool:
        return True


class CountingParser(BpmnParser):
    OVERRIDE_PARSER_CLASSES = {full_tag("parallelGateway"): (GatewayParser, CountingGateway)}
