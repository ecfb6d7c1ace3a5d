"""Door 2. ``subject_id`` is the key of what the flow is about; this room does not know what that is."""

from apps.workflow.services.assigning import assign_step, claim_step, hand_over, release_step
from apps.workflow.services.completing import Outcome, complete_step
from apps.workflow.services.dues import shift_dues
from apps.workflow.services.registering import register_process
from apps.workflow.services.running import RunView, cancel_run, start_run

__all__ = [
    "Outcome",
    "RunView",
    "assign_step",
    "cancel_run",
    "claim_step",
    "complete_step",
    "hand_over",
    "register_process",
    "release_step",
    "shift_dues",
    "start_run",
]
