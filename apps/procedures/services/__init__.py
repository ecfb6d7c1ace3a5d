from apps.procedures.overriding import UnitChoice
from apps.procedures.services.adopting import adopt
from apps.procedures.services.assigning import set_units
from apps.procedures.services.comparing import adopt_merged, save_decision
from apps.procedures.services.deferring import defer_adoption, withdraw_deferral
from apps.procedures.services.local import (
    publish_local,
    return_local,
    save_local,
    start_local,
    submit_local,
)
from apps.procedures.services.numbering import set_local_pattern
from apps.procedures.services.recording import set_record_system
from apps.procedures.services.requiring import adopt_required
from apps.procedures.services.retiring import retire_procedure

__all__ = [
    "UnitChoice",
    "adopt",
    "adopt_merged",
    "adopt_required",
    "defer_adoption",
    "publish_local",
    "retire_procedure",
    "return_local",
    "save_decision",
    "save_local",
    "set_local_pattern",
    "set_record_system",
    "set_units",
    "start_local",
    "submit_local",
    "withdraw_deferral",
]
