from tenants.releases.services.preparing import prepare_central
from tenants.releases.services.rollouts import (
    Plan,
    PlannedSeat,
    pause_rollout,
    plan_rollout,
    resume_rollout,
    start_rollout,
    stop_rollout,
)

__all__ = [
    "Plan",
    "PlannedSeat",
    "pause_rollout",
    "plan_rollout",
    "prepare_central",
    "resume_rollout",
    "start_rollout",
    "stop_rollout",
]
