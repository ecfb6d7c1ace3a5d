"""What SpiffWorkflow asks at a condition: its own engine calls eval, this one cannot run anything."""

from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

from apps.workflow.bpmn.conditions import parse_condition


class ScriptsRefused(RuntimeError):
    """A script was about to run: a process got past the validation. Never an answer to a person."""


class SmallLanguage(PythonScriptEngine):
    """Conditions of apps.workflow.bpmn.conditions over the facts and decisions of one run, and nothing else.

    A subclass only because the library asks for one; the environment that could
    evaluate Python is never made.
    """

    def __init__(self, *, facts: dict[str, Any], decisions: dict[str, str | None]) -> None:
        self._names = facts | {f"decisions.{key}": decision for key, decision in decisions.items()}

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> bool:
        return parse_condition(expression).holds(self._names | {"decision": task.data.get("decision")})

    def validate(self, expression: str) -> None:
        parse_condition(expression)

    def execute(self, task: Any, script: str, external_context: Any = None) -> Any:
        raise ScriptsRefused("a script task")

    def call_service(self, task: Any, **kwargs: Any) -> Any:
        raise ScriptsRefused("a service task")
