from tenants.releases.services.announcing import announce, withdraw
from tenants.releases.services.closing import can_close, close_rollout, reopen_for_latecomers
from tenants.releases.services.flagging import drop_flag, set_flag
from tenants.releases.services.limiting import set_defer_limit
from tenants.releases.services.ringing import set_ring
from tenants.releases.services.rollouts import (
    Plan,
    PlannedSeat,
    pause_rollout,
    plan_rollout,
    resume_rollout,
    retry_rollout,
    start_rollout,
    stop_rollout,
)
from tenants.releases.services.wishing import (
    cancel_deferral,
    defer_release,
    require_window,
    set_order_and_window,
)

__all__ = [
    "Plan",
    "PlannedSeat",
    "announce",
    "can_close",
    "cancel_deferral",
    "close_rollout",
    "defer_release",
    "drop_flag",
    "pause_rollout",
    "plan_rollout",
    "reopen_for_latecomers",
    "require_window",
    "resume_rollout",
    "retry_rollout",
    "set_defer_limit",
    "set_flag",
    "set_order_and_window",
    "set_ring",
    "start_rollout",
    "stop_rollout",
    "withdraw",
]
