"""What of a new version reaches dossiers received before: chosen change by change, within what the law allows. Pure.

Limits, fees and required papers stay as on the filing day. Only a correction of
words may flow; the choice stands in the content as ``transition``.
"""

from typing import Any

from apps.catalogue.changes import Group, group_of
from apps.catalogue.errors import FlowNotAllowed, TransitionGroundNeeded
from kernel.errors import DomainError

KEEP_ALL, CORRECTIONS_FLOW = "KEEP_ALL", "CORRECTIONS_FLOW"


def transition_refusals(content: dict[str, Any]) -> list[DomainError]:
    """What does not hold in ``content["transition"]``; a content without one keeps all as it was."""
    transition = content.get("transition")
    if not isinstance(transition, dict):
        return []
    flows = [path for path in transition.get("flows", ()) if isinstance(path, str)]
    found: list[DomainError] = [
        FlowNotAllowed(field="flows", what=path) for path in flows if not _may_flow(path)
    ]
    if transition.get("rule") == CORRECTIONS_FLOW and not str(transition.get("ground") or "").strip():
        found.append(TransitionGroundNeeded(field="ground"))
    return found


def _may_flow(path: str) -> bool:
    return group_of(path) == Group.WORDING
