"""Where the reader of processes is plugged in.

Publishing needs to know whether a BPMN file can run, and the room that knows
stands above this one: the roof hands its checker down once, at start.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # it compiles a JSON schema, which a start of every process need not pay for
    from apps.catalogue.content import Problem, ProcessChecker

_checker: "ProcessChecker | None" = None


def set_process_checker(checker: "ProcessChecker | None") -> None:
    """Wired once by the roof, to apps.workflow.validation."""
    global _checker
    _checker = checker


def check_process(process: dict[str, Any]) -> "Iterable[Problem]":
    """The problems of ``process`` (its BPMN and what it calls). Without a checker nothing is published."""
    if _checker is None:
        raise RuntimeError("no process checker is wired: nothing may be published unchecked")
    return _checker(process)
